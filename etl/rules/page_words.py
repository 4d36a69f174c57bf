"""What pages say around what they tell: footers, comments, questions to their reader. Data only, by language."""

import re
from typing import Final

PAGE_QUESTION: Final = re.compile(
    r"[¿]?(?:"
    # English
    r"(?:was|is|were|did) th(?:is|e|ese) .{0,40}(?:helpful|useful|answer your|help you|help\?)|was it helpful"
    r"|did (?:you find|we answer|that help|this help)|how (?:helpful|useful) was|how (?:can|could|would|may) we "
    r"(?:help you|improve)|still (?:need|have|stuck|looking|got|not sure|unsure)\b.{0,40}\?|(?:need|want) (?:more"
    r"|some|any|"
    r"further|additional|extra)? ?(?:help|assistance|support|information|info|details)\b.{0,30}\?|(?:do you "
    r"|you )?(?:have|got) "
    r"(?:a|any|more|another|other|further|some|additional) (?:other |more |further )?questions?\b.{0,40}\?"
    r"|(?:any |more |other |further )?questions(?: or comments)?\?|(?:can|could|did)(?:no|n['’])?t (?:you )?find\b"
    r"|(?:did|have) you (?:know|see|hear|read)\b.{0,12}\?|not what you|looking for (?:something|more|help|anything)"
    r"|forg[eo]t(?:ten)? (?:your )?(?:password|username|login)|not (?:yet )?(?:a member|registered)|already (?:a "
    r"|an |have |"
    r"registered)|do(?:n['’]t| not|) (?:you )?have an account|what do you think|what are your thoughts"
    r"|new (?:here|to this)"
    r"|are you (?:struggling|looking (?:for|to)|interested in|ready to|tired of|in need of)"
    r"|found (?:a|an) (?:bug|mistake|error|typo|issue)\b.{0,30}\?|ready to (?:get|start|begin|join|try)\b"
    # German
    r"|(?:war|ist|hat|waren) (?:dies|das|die|der|ihnen).{0,40}(?:hilfreich|nützlich|geholfen|weitergeholfen)"
    r"|(?:haben sie|hast du|habt ihr|gibt es)? ?(?:noch|weitere|andere)(?: weitere)? fragen|passwort vergessen"
    r"|noch kein (?:konto|kunde|mitglied)|(?:brauchen|benötigen) sie (?:weitere |noch )?(?:hilfe|unterstützung)"
    r"|(?:nichts|nicht)\b.{0,25}gefunden"
    # French
    r"|(?:est-ce que )?cet(?:te)? .{0,40}(?:utile|aidé)|(?:avez-vous|vous avez) (?:d['’]autres|encore|toujours"
    r"|une|des)"
    r" .{0,15}questions?|(?:encore |d['’]autres |toujours )?(?:besoin d['’](?:aide|assistance|informations)"
    r"|une question)"
    r"|mot de passe oublié|pas encore (?:inscrit|membre|de compte|client)|vous n['’]avez pas trouvé"
    # Spanish
    r"|(?:te|le|ha sido|fue|es|resultó|ha resultado).{0,40}útil|(?:aún |todavía )?(?:tienes|tiene|tenéis) (?:más "
    r"|alguna |"
    r"otra |otras )?(?:preguntas?|dudas?)|(?:aún |todavía )?necesitas? (?:más )?(?:ayuda|información)|(?:has "
    r"|ha )?olvid"
    r"(?:ado|aste|ó)\b.{0,15}contraseña|no (?:encuentras?|encontró|has encontrado)|(?:todavía |aún )?no tienes cuenta"
    # Portuguese
    r"|(?:est[ae]|isso|isto|essa?)\b.{0,40}(?:útil|ajudou)|(?:ainda )?(?:tem|têm|ficou com) (?:mais |alguma |outras |"
    r"dúvidas|perguntas).{0,20}\?|(?:ainda )?precisa de (?:mais )?ajuda|esqueceu\b.{0,15}(?:senha|palavra)"
    r"|não encontrou"
    # Italian
    r"|(?:quest[ao]|è stat[oa])\b.{0,40}(?:utile|aiuto)|(?:hai|avete) (?:altre |ancora )?(?:domande|dubbi)"
    r"|(?:hai )?(?:ancora )?"
    r"bisogno di (?:altro )?aiuto|serve aiuto|(?:hai dimenticato\b.{0,15}password|password dimenticata)"
    r"|non hai trovato"
    # Dutch
    r"|(?:was|is|heeft|waren) (?:dit|deze|de)\b.{0,40}(?:nuttig|behulpzaam|geholpen)|(?:heb je|heeft u"
    r"|nog)(?: nog| een| "
    r"meer| andere)? vra(?:ag|gen)|(?:meer )?hulp nodig|wachtwoord vergeten|niet gevonden"
    # Russian
    r"|(?:была ли|был ли|помог(?:ла|ло)?|полезна?)\b.{0,40}\?|(?:остались|есть|ещё|еще|появились).{0,12} вопросы"
    r"|нужна (?:дополнительная )?помощь|забыли пароль|не нашли"
    # Turkish
    r"|bu\b.{0,40}(?:yardımcı|faydalı|yararlı).{0,20}\?|(?:başka )?sorunuz (?:mu )?var"
    r"|(?:daha fazla )?yardıma? (?:mı )?ihtiyac"
    r"|şifre(?:ni|nizi|mi)? (?:mi )?unut|aradığın.{0,12}bulama"
    # Arabic, Persian, Hindi
    r"|هل (?:كان|كانت|وجدت).{0,40}(?:مفيد|ساعد)|هل (?:لديك|لديكم).{0,15}(?:أسئلة|سؤال|استفسار)|هل (?:ما زلت "
    r"|لا تزال )?"
    r"(?:تحتاج|بحاجة).{0,25}مساعدة|(?:هل )?نسيت كلمة|(?:آیا )?این .{0,40}مفید"
    r"|(?:هنوز )?س[وؤ]ال(?:ی)? (?:دیگری )?دارید"
    r"|(?:به )?کمک (?:بیشتری )?نیاز|رمز عبور.{0,30}فراموش|क्या (?:यह|ये|इस).{0,40}(?:उपयोगी|मददगार|सहायक|मदद)"
    r"|(?:क्या आपके पास |अभी भी )?(?:कोई|और).{0,10}(?:सवाल|प्रश्न)|.{0,12}(?:मदद|सहायता) चाहिए|पासवर्ड भूल"
    # Chinese, Japanese, Korean
    r"|(?:此|这|這|该|該|本|以上).{0,14}(?:有帮助|有幫助|有用|解决了|解決了).{0,6}|(?:您|你)?(?:还|還)?有(?:其他|其它|更多|任何)(?:疑问|问题|疑問|問題)"
    r"|(?:还|還|是否)?需要(?:更多|其他)?(?:帮助|幫助|协助|協助)|忘[记記]密[码碼]|(?:没有|沒有|没)找到|找不到(?:答案|您)"
    r"|(?:この|こちらの|これ).{0,18}(?:役に立|参考に|解決し).{0,14}|(?:他に|ほかに)(?:ご)?(?:質問|不明).{0,10}|(?:まだ)?お困りですか"
    r"|パスワードをお?忘れ|(?:이|본) .{0,24}(?:도움이|유용).{0,14}"
    r"|(?:다른|더) (?:질문|궁금).{0,15}|(?:더 )?도움이 (?:더 )?필요하"
    r"|비밀번호를 (?:잊|분실)"
    r")",
    re.IGNORECASE,
)
"""Matches the start of a short question that a page asks its reader, and answers nowhere."""

COMMENTS: Final = re.compile(
    r"(?:\d{1,5} )?(?:comments?|repl(?:y|ies)|responses?|kommentare?|commentaires?|comentarios?|comentários?"
    r"|comment[oi]"
    r"|reacties?|комментари(?:и|ев|й|я)|yorum(?:lar)?|التعليقات|تعليقات|نظرات|دیدگاه‌?ها|टिप्पणियाँ|टिप्पणी)"
    r"(?: ?\(\d{1,5}\)| ?[:：])?$|(?:\d{1,5} )?(?:thoughts? on|responses? to)\b|(?:leave|post|add|write) (?:a"
    r"|your) (?:comment|reply"
    r"|response)|join the (?:discussion|conversation)|laisse[rz] un commentaire|dej[ae] un comentario|deixe (?:um"
    r"|seu) comentário"
    r"|lascia un commento|(?:plaats|laat) een reactie|(?:schreibe? einen |hinterlasse[n]? ).{0,14}kommentar"
    r"|оставить комментарий"
    r"|(?:bir )?yorum yap|اترك تعليق|(?:发表|發表|添加)?(?:评论|評論|留言)(?: ?[（(]\d{1,5}[）)])?$"
    r"|コメント(?:する|を残す|一覧)?$|댓글",
    re.IGNORECASE,
)
"""Matches a short line below which readers talk."""

FOOTER: Final = re.compile(
    r"(?:©|\(c\)|copyright\b|all rights reserved|back to (?:the )?top|top of page|share (?:this|on)\b"
    r"|(?:related|similar|popular|recommended|recent|more|other) (?:articles|posts|questions|topics|pages|faqs"
    r"|stories|reading)"
    r"|people also ask|you (?:may|might) also like\b|about the author"
    r"|(?:sign up|subscribe|join)(?: (?:to|for))? (?:our|the|my) (?:\w+ )?(?:newsletter|mailing list|blog)"
    r"|newsletter$"
    r"|follow us\b|powered by\b|(?:we|this (?:site|website|page)) uses? cookies|privacy(?: policy| notice)?$"
    r"|terms (?:of|and|&) (?:use|service|conditions)|contact (?:support|us)$"
    r"|(?:«\s*)?prev(?:ious)?(?:\s*[:|«]|$)|next(?:\s*[:|»]|$)"
    r"|(?:ähnliche|verwandte|weitere) (?:fragen|artikel|beiträge|themen)|alle rechte vorbehalten|nach oben$"
    r"|impressum$"
    r"|datenschutz(?:erklärung)?$|(?:articles|questions|sujets) (?:connexes|similaires|liés|associés)"
    r"|tous droits réservés"
    r"|(?:retour en )?haut de(?: la)? page|retour en haut|politique de confidentialité|mentions légales"
    r"|(?:artículos|preguntas|entradas|temas) relacionad[oa]s|todos los derechos reservados|volver arriba|aviso legal"
    r"|política de privacid|(?:artigos|perguntas|tópicos) relacionad[oa]s|todos os direitos reservados|voltar ao topo"
    r"|(?:articoli|domande|argomenti) correlat[ie]|tutti i diritti riservati|torna (?:su|in alto)"
    r"|informativa sulla privacy"
    r"|gerelateerde |alle rechten voorbehouden|naar boven$|privacy(?:beleid|verklaring)|(?:похожие"
    r"|связанные) (?:вопросы|статьи)"
    r"|все права защищены|наверх$|политика конфиденциальности|(?:ilgili|benzer) (?:makaleler|sorular|yazılar|konular)"
    r"|tüm hakları saklıdır|gizlilik (?:politikası|ilkeleri)|(?:مقالات|أسئلة|مواضيع) ذات صلة|جميع الحقوق محفوظة"
    r"|سياسة الخصوصية"
    r"|(?:مطالب|مقالات|سوالات) مرتبط|تمام(?:ی)? حقوق|संबंधित (?:लेख|प्रश्न)|सर्वाधिकार"
    r"|(?:相关|相關)(?:问题|問題|文章|链接|連結|阅读)"
    r"|版[权權]所有|保留所有权利|隐私(?:政策|权)|返回顶部|関連(?:記事|質問|ページ|する質問|する記事)|無断転載|ページの?(?:先頭|トップ)"
    r"|プライバシーポリシー|관련 ?(?:글|문서|질문|기사|항목)|개인정보 ?처리방침|맨 ?위로)",
    re.IGNORECASE,
)
"""Matches a short line that ends an answer wherever it stands."""

TAIL: Final = re.compile(
    r"(?:last (?:updated|modified|changed|edited|reviewed)|updated(?: on)?:? ?\d|see also:?$|read (?:more"
    r"|on)\b.{0,4}$|learn more$"
    r"|tags?:|tagged\b|categor(?:y|ies):|filed under|posted (?:by|on|in)\b|(?:written|published) (?:by|on)\b|author:"
    r"|zuletzt (?:geändert|aktualisiert|bearbeitet)|stand:|weiterlesen|mehr (?:lesen|erfahren)$|siehe auch:?$"
    r"|dernière (?:mise à jour|modification)|lire la suite|en savoir plus$|voir aussi ?:?$|(?:última"
    r"|ultima) (?:actualización"
    r"|modificación|atualização|modifica)|leer más|más información$|leia mais|saiba mais$|ultimo aggiornamento"
    r"|leggi (?:tutto|di più)"
    r"|laatst (?:bijgewerkt|gewijzigd)|lees (?:meer|verder)|(?:дата |последнее )?(?:обновлени[ея]|изменени[ея]):"
    r"|читать (?:далее|дальше)"
    r"|подробнее$|son güncelle|devamını oku|آخر تحديث|اقرأ المزيد|آخرین به‌?روزرسانی|ادامه مطلب|और पढ़ें|最后更新"
    r"|最後更新|阅读(?:更多|全文)"
    r"|最終更新|続きを読む|마지막 (?:업데이트|수정)|더 ?(?:보기|읽기|알아보기)$"
    r"|[—–-]{1,2} ?[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,2}$)",
    re.IGNORECASE,
)
"""Matches a short line that belongs to no answer at its end."""

TEASER_ENDS: Final = re.compile(
    r"(?:read|see|view) (?:more|on|the (?:full|whole))\b.{0,30}$|continue reading|weiterlesen|mehr lesen"
    r"|lire la suite|leer más|leia mais"
    r"|leggi tutto|lees (?:meer|verder)|читать (?:далее|дальше)|devamını oku|اقرأ المزيد|ادامه مطلب|और पढ़ें"
    r"|阅读(?:更多|全文)|続きを読む"
    r"|더 ?(?:보기|읽기)|(?:\[?…\]?|\[?\.\.\.\]?|»)$",
    re.IGNORECASE,
)
"""Finds how the teaser of an article ends."""

DATE: Final = re.compile(
    r"(?:(?:posted|published|updated|on|am|le|el|em|il|op)? ?)?(?:[A-Z][a-z]{2,8},? )?(?:\d{1,2}(?:st|nd|rd|th|er"
    r"|\.|º)? (?:de )?"
    r"[^\W\d_]{3,12}\.?,?(?: de)? \d{4}|[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?"
    r"|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2}))\b.{0,40}$|\d{1,2} (?:minutes?|hours?|days?|weeks?|months?"
    r"|years?) ago\b",
    re.IGNORECASE,
)
"""Matches a short line that begins with a date."""

TASK: Final = re.compile(
    r"(?:\d{1,3}[.)] )?(?:describe|explain|list|name|discuss|suppose|give|compare|calculate|estimate|define"
    r"|identify|summarize"
    r"|outline|imagine|show that|prove|sketch|draw|write (?:a|an|down)|which of|how (?:do|does|did|would|many"
    r"|much)|what (?:is|are|do)"
    r"|beschreib|erklär|nenne|vergleich|berechne|décri|expliqu|cite[rz]|compare[rz]|describ|explic|explique"
    r"|compar[ae]|"
    r"calcul[ae]|descriv|spiega|beschrijf|leg uit|опиши|объясни|назови|açıkla|صف |اشرح)",
    re.IGNORECASE,
)
"""Matches the start of a task that a textbook sets its reader."""
