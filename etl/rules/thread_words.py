"""How pages of questions and answers mark their parts: what is an answer, whose it is, where comments begin.

Every pattern is tried on a short block as a whole, so none of them looks further than such a block is long.
"""

import re
from typing import Final

MAX_MARK_CHARS: Final = 80

_ANSWER: Final = (
    "answer|solution|antwort|lösung|réponse|solution|respuesta|solución|risposta|soluzione|resposta|solução|antwoord"
    "|oplossing|odpowiedź|ответ|решение|回答|答案|解答|ベストアンサー|답변"
)
_ANSWERS: Final = (
    "answers?|replies|antworten|antwort|réponses?|respuestas?|risposte|risposta|respostas?|antwoorden|antwoord"
    "|odpowiedzi|odpowiedź|ответов|ответа|ответ"
)
_ACCEPTED: Final = (
    "accepted|best|chosen|correct|verified|recommended|official|akzeptierte|beste|meilleure|aceptada|mejor|accettata"
    "|migliore|aceita|melhor|geaccepteerd|лучший|принятый|最佳|采纳|已采纳|推荐|채택"
)
# What may stand behind a mark: who, when, how many votes.
_BEHIND: Final = (
    r"(?:\s*(?:#|no\.?|nr\.?)?\s*\d{1,3})?(?:\s*(?:by|von|par|por|da|door)\s[^\n]{1,40})?"
    r"(?:\s*\((?P<note>[^()\n]{1,40})\))?"
)

COUNT: Final = re.compile(
    rf"(?:all\s)?(\d{{1,4}})\s(?:{_ANSWERS})(?:\s\([^()\n]{{1,30}}\))?:?"
    rf"|(?:{_ANSWERS})\s?\((\d{{1,4}})\):?"
    r"|(\d{1,4})\s?(?:个回答|個回答|条回答|條回答|件の回答|개의 답변|개 답변)",
    re.IGNORECASE,
)
"""How many answers follow; the number is in one of the groups."""

ANSWER: Final = re.compile(
    rf"[✓✔✅☑⭐]?\s?(?:(?P<accepted>{_ACCEPTED})\s?)?(?:{_ANSWER})(?P<behind>\s?[✓✔✅☑]|\s(?:acceptée|aceptada|accettata|aceita))?"
    rf"{_BEHIND}\s?:?",
    re.IGNORECASE,
)
"""The mark of one answer; of the accepted one where ``accepted`` or ``behind`` matched; ``note`` may be its votes."""

ACCEPTED: Final = re.compile(
    r"[✓✔✅☑]\s?(?:accepted|solved|solution|best answer)?"
    r"|(?:marked as|this is the) (?:the )?(?:solution|answer|accepted answer)"
    r"|(?:most helpful|accepted) (?:answer|reply|solution)[!.]?|als lösung markiert"
    r"|已采纳|ベストアンサーに選ばれた回答",
    re.IGNORECASE,
)
"""A line that says that the answer it stands at is the accepted one."""

SIGNED: Final = re.compile(
    r"(?:[^\n.!?]{0,40}\s)?(?:answered|replied|responded|antwortete|beantwortet|répondu|respondió|respondido|risposto"
    r"|respondeu|ответил|ответила|回答于|回答日時)\b[^\n!?]{0,60}",
    re.IGNORECASE,
)
"""Who answered, and when."""

ASKED: Final = re.compile(
    r"(?:[^\n.!?]{0,40}\s)?(?:asked|edited|modified|viewed|active|posted|gefragt|bearbeitet|posé|preguntado|editado|chiesto"
    r"|perguntada|задан|изменён)(?:\s(?:by|on|at|today|yesterday|\d|[A-Z])[^\n!?]{0,60}|:?\s\d[^\n!?]{0,40})"
    r"|sort(?:ed)? by[^\n]{0,60}|highest score[^\n]{0,40}|tags?:[^\n]{0,70}|views?:?\s\d{1,9}|\d{1,9}\sviews",
    re.IGNORECASE,
)
"""Lines about a question or an answer that are part of neither."""

ASKED_SIGNS: Final = (
    *("asked", "edited", "modified", "viewed", "active", "posted", "gefragt", "bearbeitet", "preguntado", "editado"),
    *("chiesto", "perguntada", "sort", "highest", "tag", "view"),
)
"""Every such line in ASCII holds one of these in lower case: a quick look before the pattern."""

VOTES: Final = re.compile(
    r"[▲△+]?\s?([-−]?\d{1,6})\s?(?:votes?|points?|upvotes?|likes?|👍|stimmen?|votos?|голос(?:ов|а)?|赞|票)?\s?[▼▽]?"
    r"|(?:score|votes?|upvotes?|likes?):?\s([-−]?\d{1,6})",
    re.IGNORECASE,
)
"""A count of votes; the number is in one of the groups."""

COMMENTS: Final = re.compile(
    r"(?:\d{1,4}\s)?(?:comments?|kommentare?|commentaires?|comentarios?|commenti|comentários?|комментари[ийев]{1,2}|条评论|评论|コメント)"
    r"(?:\s?\(?\d{1,4}\)?)?:?|(?:add|write|show \d{0,4}) ?(?:a |more )?comments?[^\n]{0,30}",
    re.IGNORECASE,
)
"""Where comments on an answer begin."""

END: Final = re.compile(
    r"(?:your|post your|write your|submit an?|add an?) (?:answer|reply)[^\n]{0,30}|(?:ihre|deine) antwort[^\n]{0,30}"
    r"|votre réponse[^\n]{0,30}|(?:tu|su) respuesta[^\n]{0,30}|not the answer you're looking for[^\n]{0,50}"
    r"|(?:related|similar|linked|more|other) (?:questions?|topics?|threads?|posts?)[^\n]{0,30}|leave a reply[^\n]{0,30}"
    r"|you must (?:log in|be logged in|sign in)[^\n]{0,40}"
    r"|(?:log|sign) (?:in|up)[^\n]{0,20} to (?:answer|reply|comment)[^\n]{0,30}"
    r"|ähnliche fragen|相关问题|関連する質問"
    r"|this (?:question|thread|topic) (?:is|was|has been) (?:closed|locked)[^\n]{0,40}",
    re.IGNORECASE,
)
"""Where the answers end."""
