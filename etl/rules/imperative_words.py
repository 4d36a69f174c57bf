"""The words by which an instruction is known, language by language. Data only."""

from typing import Final

# Verbs that open an instruction as they stand. Those that open as many nouns or names are left out.
_VERBS: Final = (
    "accept access activate add adjust aim align allow answer append apply arrange ask assemble assign"
    " assume attach avoid back bake be beat begin bend bind blend block boil book bookmark boot bring"
    " browse brush build buy bypass calculate call calibrate cancel capture carry catch change charge"
    " check choose clean clear click clone close collapse collect combine compare compile complete compose"
    " compress compute configure confirm connect consider consult contact continue convert cook cool copy"
    " cover create crop cut deactivate decide declare define delete deploy describe deselect desaturate"
    " design determine develop dial disable discard disconnect display distribute divide do don't"
    " double-click download drag drain draw drill drive drop dry duplicate edit eject eliminate email"
    " embed enable encode encrypt end ensure enter erase establish estimate evaluate examine execute exit"
    " expand experiment explain explore export expose extract fasten fetch file fill filter find finish"
    " fit fix flash flip fold follow force fork format forward gather generate get give glue go grab grant"
    " grasp grind group hang have head heat help hide highlight hit hold hover identify ignore import"
    " include increase indent inform initialize initialise insert inspect install instruct integrate"
    " invite invoke join jump keep kill know label launch lay learn leave left-click let lift limit link"
    " list listen load locate lock log login look lower make manage map mark match measure melt merge mix"
    " modify monitor mount move multiply name navigate note notice obtain observe offer omit open optimize"
    " order organize overwrite pack paint park pass paste pause peel perform pick pin pipe place plan plug"
    " point position pour practice preheat prepare press prevent preview print proceed process produce"
    " prompt protect provide publish pull purchase push put query quit raise read rearrange reboot rebuild"
    " receive recommend reconnect record recreate reduce redirect reenter refer refresh register reinstall"
    " release reload remember remove rename reopen repeat replace reply report request require reset"
    " resize resolve restart restore resume retrieve return reveal reverse review revert right-click rinse"
    " roll rotate run save scale scan schedule scroll seal search season select send separate serve set"
    " setup shake share shift shut shutdown sign simmer skip slice slide slow solve sort specify spend"
    " split spray spread sprinkle squeeze start stay step stir stop store strain submit subscribe subtract"
    " suppose swap switch sync tag take talk tap tell test think throw tick tie tighten toggle touch track"
    " transfer translate treat trim try tune turn type unblock uncheck undo unfold uninstall unlock"
    " unmount unpack unplug unscrew unzip update upgrade upload use validate verify view visit wait walk"
    " chop control correct dice dissolve drizzle flush freeze fry garnish grate grease grill knead marinate mash"
    " mince polish pound prune punch reconfigure reproduce reseat rewind roast rub saute scrape scrub screw sew"
    " shred sift soak solder spoon stack steam stick stretch strip swirl tear toast toss twist unwrap vacuum whip"
    " warm wash watch wear weigh whisk wipe wrap write zip zoom"
    " annotate authenticate concatenate construct convince deduct designate detach distill"
    " familiarise familiarize flick implement inherit reattach recruit regroup reiterate re-create re-open"
    " reuse shift-click sit unbind"
)
# Words of other languages that open an instruction.
_VERBS_ELSEWHERE: Final = (
    # German, Dutch
    " klicke öffne wähle gehe gib starte lade installiere drücke füge erstelle speichere schließe prüfe"
    " stelle klik open kies selecteer ga typ voer druk start installeer maak voeg sla controleer sluit zet"
    " tippe ziehe halte nimm schalte verbinde entferne wechsle navigiere kopiere lösche aktiviere deaktiviere"
    " verwende nutze warte mische schneide koche erhitze gieße rühre lege tik sleep houd gebruik verwijder wijzig"
    " verbind herhaal download kopieer plak bewerk zorg meng snijd bak kook giet neem"
    " ändere befolge bestätige ersetze folge trage scrolle suche überprüfe volg vul scrol zoek pas"
    # French infinitives
    " cliquer ouvrir choisir sélectionner appuyer saisir entrer aller installer lancer créer ajouter"
    " enregistrer fermer vérifier télécharger copier coller mettre faire démarrer supprimer"
    " cocher décocher glisser déplacer modifier remplacer redémarrer connecter brancher débrancher verser"
    " mélanger couper laisser cuire préchauffer retirer placer utiliser exécuter taper valider définir régler"
    " activer désactiver accéder appliquer compiler éditer exporter faites importer monter ouvre clique"
    # Spanish, Portuguese
    " haga haz abra abre seleccione selecciona pulse pulsa elija elige escriba escribe introduzca vaya"
    " presione presiona instale instala ejecute ejecuta cree crea añada agregue guarde guarda cierre"
    " compruebe descargue descarga copie pegue arrastre active desactive configure conecte use utilice"
    " asegúrese repita reinicie inicie clique selecione escolha digite insira vá instale execute crie"
    " adicione salve feche verifique baixe cole arraste ative desative conecte utilize certifique-se"
    " repita reinicie inicie"
    " oprima imprima coloque marque desmarque acceda navegue desplace vuelva edite modifique mantenga busque envíe"
    " asigne aplique cambie defina especifique suelte diríjase encienda apague retire mezcle lave cocine deje"
    " accione acepte actualice confirme consulte desinstale elimina elimine encuentre exporte importe ingresa ingrese"
    " pon ponga quite realice recupere rellene reemplace revise salga siga sitúe ubique visite"
    " aceite atualize desinstale exclua exporte preencha procure siga substitua volte"
    " acesse pressione toque mova mantenha misture aguarde remova altere"
    # Italian
    " fare fai apri aprire seleziona selezionare scegli scegliere premi premere inserisci inserire vai"
    " andare installa installare esegui eseguire crea creare aggiungi aggiungere salva salvare chiudi"
    " cliccare clicca tocca toccare digita digitare avvia avviare riavvia riavviare trascina tieni attiva disattiva"
    " rimuovi collega scollega usa modifica imposta accedi assicurati mescolare mescola versare cuocere lasciare"
    " chiudere verifica verificare scarica"
    # Polish, Czech
    " kliknij wybierz otwórz naciśnij wpisz przejdź zainstaluj uruchom utwórz dodaj zapisz zamknij sprawdź"
    " pobierz skopiuj"
    # Arabic
    " افتح اضغط انقر اختر حدد أدخل قم اذهب انتقل اكتب ثبت شغل أنشئ أضف احفظ أغلق تحقق"
)
_ADVERBS: Final = (
    "simply just carefully gently slowly always never repeatedly"
    " first firstly then next now finally lastly optionally please again also zuerst dann anschließend"
    " danach schließlich abord ensuite puis enfin primero luego después finalmente primeiro depois"
    " em-seguida prima poi infine eerst daarna сначала затем потом теперь najpierw następnie nejprve potom"
)
OPENING_VERBS: Final = frozenset(_VERBS.split()) | frozenset(_VERBS_ELSEWHERE.split())
OPENING_ADVERBS: Final = frozenset(_ADVERBS.split())
# "In the File menu, choose Print": the instruction follows the first comma.
_CLAUSES: Final = (
    "in on from under with to at once after when before if for using while by inside within as unless im"
    " auf unter wenn um dans sur pour en si para no na se nel per"
)
OPENING_CLAUSES: Final = frozenset(_CLAUSES.split())

# Endings of the first word, of the last word of the first sentence, and openings without a space after them.
_FIRST_WORD_ENDINGS: Final = "ify ez йте ите ьте йтесь итесь ěte ejte ujte ить ать ять"
FIRST_WORD_ENDINGS: Final = tuple(_FIRST_WORD_ENDINGS.split())
_LAST_WORD_ENDINGS: Final = (
    "ください 下さい ましょう 세요 십시오"
    " yın yin yun yün tın tin ırın irin çin ları lın lin کنید"
    " دهید شوید بزنید करें दें चुनें जाएं जाएँ खोलें डालें"
)
LAST_WORD_ENDINGS: Final = tuple(_LAST_WORD_ENDINGS.split())
# These tell what happens as well.
TELLING_ENDINGS: Final = ("します", "する", "ます", "합니다", "하기", "한다", "니다")
_UNSPACED_OPENERS: Final = (
    "打开 打開 点击 點擊 点按 单击 双击 右键 选择 選擇 选取 输入 輸入 运行 執行 执行 下载"
    " 下載 安装 安裝 创建 新建 添加 新增 设置 設定 进入 進入 将 把 使用 按 复制 複製"
    " 粘贴 保存 检查 確認 确认 确保 启动 重启 登录 登入 配置 编辑 编写 修改 查看 拖 关闭"
    " 删除 插入 首先 然后 然後 接着 最后 请 請 在 从 用 加入 放入 倒入 准备 切换 连接"
    " 上传 解压 填写 勾选 前往 返回 更新 定义 导入 调用"
)
UNSPACED_OPENERS: Final = tuple(_UNSPACED_OPENERS.split())

# "When it is done, you can close the lid": what says behind the first comma that the next word is to be done.
_YOU_CAN: Final = (
    "you can|you must|you should|you need to|you have to|können sie|müssen sie|sollten sie|vous pouvez|vous devez"
    "|puede|puedes|debe|debes|você pode|você deve|puoi|può|devi|deve|kunt u|kun je|moet u|moet je"
)
YOU_CAN: Final = tuple(f"{opening} " for opening in _YOU_CAN.split("|"))
# Clauses that say when; those of condition and purpose open remarks as often.
_TIMES: Final = (
    "when once after before sobald nachdem bevor quand lorsque après avant cuando después tras antes quando depois dopo"
    " wanneer nadat zodra"
)
TIMES: Final = frozenset(_TIMES.split())
