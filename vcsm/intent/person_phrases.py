"""Patterns: how people ask for a human, refuse one, or name people as things of the product.

They expect lower-case text without punctuation, as `person` prepares it.
"""

# Words for a human who helps. LOOSE ones also mean other people, so they need a verb of talking
# or helping beside them; FIRM ones do not.
_REAL = r"(?:real|actual|live|living|breathing|genuine|proper|flesh and blood|physical)"
_ROLE = (
    r"(?:agents?|represent[a-z]*|reps?|operators?|advis[eo]rs?|specialists?|csms?|supervisors?|"
    r"associates?|consultants?|"
    r"(?:customer |client )?success (?:manager|person|team|rep|agent)|account (?:manager|exec\w*)|"
    r"(?:customer|client|tech(?:nical)?|member|user|live|phone|human|chat) "
    r"(?:service|services|support|care|relations|success|help)(?: \w+)?|"
    r"support (?:team|agents?|staff|person|people|reps?|desk|engineers?|line|guys?|specialists?)|"
    r"help ?desk|call cent(?:er|re)|service desk|hotline|helpline)"
)
_HUMAN = rf"(?:{_REAL} )?(?:humans?(?: being| beings)?|humen|hooman|homo sapiens)"
_REAL_ONE = (
    rf"{_REAL}(?: \w+)? (?:persons?|people|someone|somebody|one|man|woman|guy|agents?|employees?|"
    r"support|chat|help|assistance|representatives?|reps?|operators?|voice)"
)
_FIRM = rf"(?:{_HUMAN}|{_REAL_ONE}|{_ROLE})"
_LOOSE = (
    r"(?:persons?|people|someone|somebody|some one|anyone|anybody|any one|staff|employees?|"
    r"colleagues?|support|managers?|teams?|team members?|your (?:team|people|staff|office|boss)|"
    r"expert|a guy|a man|a woman|boss|in charge|you guys|you people|individual|whoever)"
)
_ANY = rf"(?:{_FIRM}|{_LOOSE})"
_GAP = r"(?:[\w'-]+ ){0,4}?"
_ARTICLE = r"(?:(?:a|an|the|any|some|your|one of your|another|different|other|one|my|our) )*"

_TALK = (
    r"(?:talk|talking|speak|speaking|spoke|chat|chatting|converse|discuss|communicate|deal|dealing|"
    r"talked|consult|conversation|word|correspond|interact|connect|connected|connecting|"
    r"get in touch|be in touch|in contact|get through|put through|patched? through|get hold|"
    r"get a hold|liaise|meet|meeting|call|a call|phone call|complain|complaining|explain this)"
)
_BRING = (
    r"(?:connect|transfer|switch|route|redirect|direct|forward|refer|hand|pass|put|patch|take|"
    r"bring|"
    r"escalate|send|get|give|find|show|fetch|link|move|turn|let)"
)
_WISH = (
    r"(?:want|wanna|need|require|would like|'d like|like|prefer|rather have|request|demand|"
    r"requesting|asking for|ask for|wish for|looking for|waiting for|insist on|give me|get me|"
    r"bring me|find me|send me|send|hand me|show me|summon|bring in|call in|fetch|can i have|"
    r"could i have|may i have|can i get|could i get|can we get|let me have|let me see|"
    r"i'll have|how about|just|page)"
)

ASKS = [
    # "talk to a person", "speak with your support team", "chat with somebody"
    rf"\b{_TALK} (?:\w+ ){{0,2}}?(?:to|with|2|w|of|at) {_GAP}{_ANY}\b",
    rf"\b{_TALK} (?:{_ARTICLE}){_FIRM}\b",
    # "connect me to an agent", "put me through to somebody", "get me a person"
    rf"\b{_BRING} (?:me|us|this|my \w+|it|the chat|this chat|conversation)"
    rf" (?:\w+ ){{0,2}}?(?:to|with|over to|through to|on to|onto|in touch with|"
    rf"2)? ?{_ARTICLE}{_ANY}\b",
    r"\b(?:put|patch|pass|hand|get) (?:me|us) (?:through|over|across|(?:off|out of|"
    r"away from) (?:this|the) (?:ro|chat)?bot)\b",
    # "I want a human", "need a real person", "can I get an agent"
    rf"\b{_WISH} {_ARTICLE}{_FIRM}\b(?! (?:role|seat|permission|licen[cs]e|account|feature|api))",
    rf"\b{_WISH} {_ARTICLE}(?:person|people|someone|somebody|staff member|manager)"
    r"(?=$|[ ,]*(?:please|pls|plz|now|asap|here|instead|on the phone|immediately|today|not|"
    r"to (?:help|talk|speak|assist|call|contact|look|explain|answer|sort|fix|take|handle|deal|chat|"
    r"walk|guide|show|solve|resolve|get|come|step|review|respond|reply)|"
    r"who (?:can|could|will|knows|understands|is able)|that (?:can|could|will|knows|understands)|"
    r"i can (?:talk|speak|chat|call|ask)|from (?:your|support|the)|on (?:this|it)))",
    # "can someone help me", "could somebody from your side call me"
    r"\b(?:can|could|would|will|may|might|should|have|let|get|please have|ask|wish|need|want)\b"
    r"(?: \w+){0,2}? (?:someone|somebody|anyone|anybody|any one|some one|a person|a human|"
    r"a member|one of you|one of your \w+|a colleague|people|staff|team|manager|agent)"
    r"(?: \w+){0,6}? (?<! a )(?<! the )(?<! my )(?<! their )"
    r"(?:help|assist|call|contact|phone|ring|email|reach|respond|reply|answer|talk|"
    r"speak|explain|look|step|take over|get back|get in touch|walk me|guide|join|chat|handle|"
    r"sort|deal)\b",
    r"\b(?:someone|somebody|anyone|anybody) (?:please|pls|plz|just)? ?(?:help|call|assist|answer|"
    r"respond|contact|talk to) (?:me|us)\b",
    r"\bis (?:there )?(?:anyone|anybody|someone|somebody)(?: \w+){0,3}? (?:there|here|around|"
    r"online|"
    r"available|home|listening|alive|on duty|awake)\b",
    r"\b(?:anyone|anybody|someone|somebody) (?:there|out there|home|available|around|online)\b",
    rf"\b(?:is|are) there {_GAP}{_ANY}(?: \w+){{0,3}}? (?:i|we|to|who|available|there|here|online|"
    r"around|for me)\b",
    rf"\b(?:is|are) there (?:{_ARTICLE}){_FIRM}\b",
    # "contact support", "how do I reach you", "how can I get hold of your team"
    rf"\b(?:contact|reach|reach out to|get hold of|get a hold of|call|phone|ring|message|email|"
    rf"e-mail|write to|turn to|ask) {_ARTICLE}(?:{_FIRM}|support|someone|somebody|people|humans?|"
    r"staff|manager|team|your (?:team|people|staff))\b(?! (?:list|field|form|page about))",
    r"\b(?:how|where|can|could|way) (?:\w+ ){0,5}?(?:contact|reach|call|phone|ring|get hold of|"
    r"get a hold of|get in touch with|talk to|speak to|speak with|talk with) "
    r"(?:you|u|you guys|you all|y'all|your company)\b",
    r"\b(?:contact|phone|telephone|support|hotline|helpline|customer service) number\b(?! (?:field|"
    r"format|column|is|was|in my|on my|of my|for my|to my|from my|has|does|must|should))",
    # "call me back", "give me a ring", "schedule a call"
    r"\b(?:call|phone|ring|telephone|contact|dial) (?:me|us)\b(?! (?:when|if|old|crazy|by my))",
    r"\bgive (?:me|us) a (?:call|ring|bell|buzz|shout|callback|call ?back)\b",
    r"\b(?:call ?back|phone call|video call)(?: please| asap| now)?$",
    r"\b(?:request|want|need|get|like|arrange|schedule|book|have|order|set up|setup) "
    r"(?:a |an |the |me a |us a )?(?:call ?back|phone call|call with|call from|meeting with|"
    r"video call with|appointment with|chat with)\b",
    r"\b(?:can|could) (?:i|we) (?:please )?(?:call|phone|ring)\b(?! (?:the|an?|my|it|this|your) "
    r"(?:api|endpoint|function|method|webhook|script))",
    r"\bspeak on the phone\b|\btalk on the phone\b|\bover the phone\b|\bby (?:tele)?phone please\b",
    # away from the machine
    r"\b(?:not|no|without|rather than|instead of|stop|sick of|tired of|fed up with|hate|enough of|"
    r"enough with|done with|anything but|leave|exit|escape|skip|bypass|get past|get around|"
    r"get rid of|quit|end|turn off|away from|off|stop with|other than|beyond) "
    r"(?:(?:the|this|that|a|an|your|these|stupid|dumb|useless|damn|automated|talking|speaking|to|"
    r"with|of|any|more|another|chatting|dealing|canned|silly) )*"
    r"(?:chat ?bots?|bots?|robots?|machines?|ai|a\.i|computers?|automated \w+|automation|"
    r"virtual (?:assistant|agent)|auto ?(?:reply|replies|responses?)|algorithms?|canned \w+|"
    r"scripts?|clanker)\b(?= ?(?:$|please|pls|now|anymore|any more|again|,|and|i|give|get|let|"
    r"nonsense|thing|crap|stuff|me|who|with))",
    r"\bnumber (?:that )?(?:(?:i|we) can|to) (?:\w+ )?(?:dial|call|ring|phone)\b",
    r"\b(?:get|bring|pull|loop|invite) (?:\w+ ){1,4}?(?:in|into|to) (?:this|our) (?:chat|"
    r"conversation|"
    r"thread)\b",
    r"\bno more (?:\w+ )?(?:bot|robot|machine|ai|automated|canned) (?:answers?|replies|reply|"
    r"responses?|messages|links?)\b",
    r"\b(?:human|person) (?:please|pls|plz|now|asap|needed|required|instead|help|support|"
    r"assistance|intervention|contact|touch)\b",
    r"\b(?:by|from|with|via|through) (?:a |an )?(?:real |actual |live )?human(?: being)?s?\b",
    r"\bhuman[- ]?(?:to[- ]human|agent|operator|support|assistance|help|intervention)\b",
    # Hardly anything else in a support chat is called human, or a real person.
    rf"\b(?:a|an|the|any|some|another|no|with|by|to|only) {_REAL_ONE}\b",
    rf"\b(?:a|an|the|any|some|another|to|only|{_REAL}) (?:\w+ )?(?:human(?: being)?s?|humen)\b"
    r"(?![ -](?:readable|resources?|error|rights|captcha|verification|check|friendly|capital"
    r"|body))",
    r"\bi(?:'d| would)? (?:\w+ )?humans?\b(?! (?:readable|resources?))",
    rf"\b(?:help|assistance|support|answers?|reply|response|attention|advice|service|contact|word|"
    rf"hear(?:ing)?|email|message) (?:back )?(?:from|by|of) {_ARTICLE}{_ANY}\b",
    rf"\b{_WISH} {_ARTICLE}\w+ (?:person|human|people)$",
    r"\bwho (?:\w+ ){0,4}?(?:talk|speak|turn|write|complain|chat|call|contact|ask|reach|discuss)\b"
    r"(?: (?:(?:it|this|that) )?(?:to|with|out|about|for|here|in|if|when|at|on|regarding|next|"
    r"instead)\b|$)",
    r"\b(?:don't|do not|dont|doubt|not sure) (?:\w+ ){0,2}?(?:a |this |the |your )?(?:chat ?bot|"
    r"bot|robot|machine|computer|ai|software|program) (?:\w+ )?(?:can|could|will|understands?)\b",
    r"\bdo you (?:\w+ )?(?:take|answer|accept) (?:phone )?calls\b|\b(?:can|could|just|simply|"
    r"rather|sooner) (?:phone|ring) (?:you|u|a person|somebody|someone)\b",
    r"\bwho(?:'s| is) (?:\w+ )?on (?:shift|duty) (?:right now|now|today|there)\b|\b(?:monitored|"
    r"read|"
    r"staffed|manned|watched|answered) by (?:real |actual |any )?(?:people|humans?|somebody|"
    r"someone|"
    r"anyone|anybody)\b",
    r"^(?:please )?put (?!it|this|that|them|everything)\w+ on(?: please)?$|\b(?:minutes?|hour|"
    r"moment|word"
    r"|time|talk|call) with (?:one of )?your (?:\w+ )?(?:people|specialists?|experts?|team|"
    r"colleagues?|engineers?|consultants?)\b|\b(?:explain|discuss|tell|say|do) (?:\w+ ){0,3}?by "
    r"voice\b",
    rf"\b(?:queue|line|wait|waiting|hold|holding|standby|ping|page|buzz|summon)"
    rf" (?:\w+ )?(?:(?:for|to|with) )?{_ARTICLE}{_ANY}\b",
    r"\b(?:i|we) (?:\w+ ){0,3}?be (?:called|contacted|transferred|connected|put through|"
    r"phoned|rung|escalated|forwarded|redirected|routed|handed over)\b",
    r"\b(?:someone|somebody|anyone|anybody|person|people|human|agent|manager)(?: \w+){0,3}? on the "
    r"(?:line|phone|other end|other side|chat)\b",
    r"\b(?:don't|do not|dont|won't|refuse|hate|not) (?:\w+ ){0,2}?(?:want|wanna|like|wish|going|"
    r"here|talk|talking|speak|chat|deal|help|need|trust|type|write|explain|tell|repeat)(?: "
    r"\w+){0,5}? "
    r"(?:chat ?bots?|bots?|"
    r"robots?|"
    r"machines?|ai|computers?|virtual (?:assistant|agent)s?|automated \w+|algorithms?)$",
    r"\b(?:someone|somebody|person|people|human|member of (?:your|the) (?:team|staff)|team|staff|"
    r"colleague|agent|csm|manager)(?: \w+){0,3}? (?:could|can|would|to|should|will|please|pls)"
    r"(?: please)? (?:reach out|call|contact|phone|ring|get (?:back|in touch)|follow up|help|"
    r"assist|look into|step in|come|respond|reply|explain)\b",
    rf"\b(?:where|who)(?:'s| is| are)? (?:my|our|the) (?:{_ROLE}|person|human)\b",
    r"\b(?:talk|speak|connect me|transfer me|put me through|pass me) (?:to|with) (?:sales|support|"
    r"billing|accounting|tech|help|onboarding|finance|engineering|legal|security|the \w+ (?:team|"
    r"department|desk))\b",
    r"\b(?:put|get|bring|call) (?:your|the|a|my) (?:boss|manager|supervisor|csm|team|colleague)"
    r" (?:on|in|here|over)\b|\b(?:let me|i want to|i need to|want to|wanna) (?:talk|speak) to "
    r"(?:them|him|her|you in person|whoever \w+)\b",
    r"\b(?:someone|somebody|anyone|anybody) (?:real|human|competent|qualified|alive"
    r"|knowledgeable|else here|"
    r"from (?:your|the|support|customer|tech))\b",
    r"\b(?:in contact|in touch) with (?:you|u|support|someone|somebody|who\w*|whom\w*|the)\b",
    r"^(?:(?:i|we|just|please) )*(?:want|need|get(?: me)?|give me|require|contact|call|ask|reach|"
    r"talk to|speak to)(?: \w+)? (?:support|help from support|tech support|customer support)"
    r"(?: please| now| asap| on the phone.*)?$",
    rf"\bassign (?:me |us |my \w+ (?:to )?|this (?:to )?|it (?:to )?)?{_ARTICLE}{_ANY}"
    r"(?: (?:to|for|on) (?:me|us|my (?:case|issue|problem|request|account)|this|it))?$",
    r"\b(?:forward|pass|send|escalate|transfer) (?:me|us|this|it) (?:on |over |up )?to\b(?! (?:my|a"
    r" different|the (?:page|link|url|dashboard|home|login)|https?|pdf|excel|csv|spam))",
    r"(?:^(?:\w+ ){0,3}?|\bjust |\bplease )(?:transfer|connect|redirect|forward) (?:me|us)"
    r"(?: now| please| on| over)?$|\b(?:get|bring|send|fetch) (?:someone|somebody|people) who\b",
    r"\b(?:see|meet|find|reach) {a}(?:person|human|someone|somebody|representative|agent)(?: \w+)?"
    r" (?:about|regarding|in person|to|who|face)\b".replace("{a}", _ARTICLE),
    r"\bface[ -]to[ -]face\b|\bin person\b(?=$| (?:help|support|please|meeting|with))",
    rf"\b(?:schedule|book|arrange|set up|setup|reserve|fix|open|file|raise) (?:\w+ ){{0,5}}?with "
    rf"{_ARTICLE}(?:\w+ )?{_ANY}\b",
    rf"\b(?:get|bring|put|have|fetch|find) {_ARTICLE}{_ANY} (?:on|in|here|over|to the phone|"
    rf"involved|"
    r"online)\b",
    r"\b(?:person|human|someone|somebody|agent) (?:come|here|where|now|stat|quick|quickly)\b",
    r"\b(?:h\W?u\W?m\W?a\W?n|a\W?g\W?e\W?n\W?t)$",
    r"\bdo you (?:guys )?have (?:a |an |any )?(?:hotline|helpline|phone number|phone line|call "
    r"cent(?:er|re)|phone support|live chat|live support|human\w*|agents?|support line|real \w+)\b",
    r"\b(?:living|human) soul\b|\bgrown ?-?up\b|\b(?:tier|level|line) (?:2|3|two|three|ii)\b|"
    r"\b(?:second|third|2nd|3rd)[ -](?:level|line|tier)\b",
    r"\b(?:too|more) (?:\w+ ){1,4}(?:for|than) (?:a |an |this |the )?(?:chat ?bot|bot|robot|"
    r"machine|"
    r"ai|computer|automated \w+)\b",
    r"\b(?:your|a) (?:colleagues?|team|people|staff|engineers?|technicians?|folks|experts?)"
    r"(?: \w+){0,2}? (?:take a look|have a look|look at|join|call|contact|check with me|handle)\b",
    r"\b(?:to|get|need|send|want) (?:a |an |your |one of your )?(?:technicians?|engineers?|folks)"
    r"(?:$| (?:to|who|please|now|call|on))",
    rf"\b(?:where|how)(?: \w+){{0,4}}? (?:find|get|reach|access|see) {_ARTICLE}(?:customer|client|"
    r"phone|human|live|tech\w*) (?:service|support|care|help)\b",
    r"\bone of (?:your|the) (?:folks|people|guys|team|staff|engineers|agents|experts|colleagues)\b",
    r"\b(?:team ?mates?|colleagues?|co-?workers?|someone|somebody|people|person|agents?|employees?|"
    r"managers?) of yours\b",
    r"\b(?:onto|on to|to|over to|through to) (?:a |an )?(?:person|someone|somebody|human|agent)"
    r"(?:$| (?:who|that|please|now|instead|else|here)\b)(?<!transfer money to)",
    r"\blet(?:'s| us) (?:speak|talk|call|chat|get on a call|jump on a call|hop on a call)\b|"
    r"\blet (?:the )?(?:support|team|someone|somebody|people|csm)(?: \w+)? know\b",
    r"\b(?:want|need|get|getting|have|having|would like|'d like|like) (?:someone|somebody|a person|"
    r"people|a human|a colleague|a team ?mate) to (?:\w+ )?(?:read|review|see|listen|hear|check"
    r"|know|investigate|solve|answer|"
    r"understand)\b",
    rf"\b(?:please|pls|kindly) (?:have|ask|get|let|tell) {_ARTICLE}{_ANY}\b",
    r"\b(?:anyone|anybody|someone|people|humans?|persons?) (?:actually |really |even )?(?:work|"
    r"works|"
    r"working|sitting|reading) (?:there|here|this)\b",
    # "escalate this", "let me see your manager"
    r"\bescalat(?:e|ion|ing)\b(?! (?:policy|policies|rule|rules|matrix|path|settings|workflow|"
    r"chain|report|level|levels|feature))(?:$| (?:this|it|my|please|pls|now|to|the|request|"
    r"needed))",
    r"\b(?:your|the|a) (?:manager|supervisor|superior|boss)(?: please| now)?$",
    r"\b(?:take over|takeover|jump in|step in)\b.*\b(?:human|person|someone|somebody|agent|csm)\b",
    r"\b(?:human|person|someone|somebody|agent|csm|team ?(?:member|mate)|colleague|rep)\b.*\b"
    r"(?:take (?:this |it )?over|takeover|jump in|step in)\b",
    r"\bpress (?:0|zero)\b|\bhuman mode\b|\blive (?:chat|agent|support|help|person|operator)\b"
    r"(?! (?:widget|feature|api|settings|script|plugin|button|history|transcripts?))",
    # "agent!", "Representative", "person please"
    rf"^(?:(?:a|an|the|hi|hello|hey|ok|okay|yes|no|so|please|pls|just|now|urgent|get|another|and|"
    rf"hello\?|give) )*(?:{_FIRM}|person|people|someone|somebody|staff|support|manager|call|"
    r"phone|help from a person)(?: (?:please|pls|plz|now|asap|here|thanks|thank you|ffs|today|"
    r"immediately|right now|urgently|this instant))*$",
    rf"^(?:{_FIRM} ?)+$",
    # Other languages, so that someone who writes one of them is not sent round in circles.
    r"\b(?:mit|zu) (?:einem|einer|jemandem?|dem|der|ihrem|ihrer|eurem)\b.*\b(?:mensch\w*|person|"
    r"mitarbeiter\w*|berater\w*|support|kundendienst|kundenservice|sprechen|reden|verbinden)\b",
    r"\b(?:echte[nrs]?|richtige[nrs]?) (?:mensch\w*|person|mitarbeiter\w*)\b|\bmit jemand\w* "
    r"(?:sprechen|reden)\b|\bkundenservice\b|\bmitarbeiter sprechen\b|\brufen sie mich\b",
    r"\b(?:hablar|comunicar\w*|contactar|conectar\w*|pasar\w*|pongame|chatear) (?:\w+ )?con "
    r"(?:\w+ )?(?:persona|humano|agente|alguien|representante|asesor\w*|operador\w*|soporte|"
    r"ejecutivo)\b|\b(?:persona|agente) (?:real|humano|humana)\b|\bagente por favor\b",
    r"\b(?:parler|discuter|echanger|contacter|joindre) (?:a|avec)? ?(?:\w+ )?(?:humain|personne|"
    r"quelqu'un|conseiller|agent|operateur|service client|support)\b|\bun (?:vrai )?humain\b|"
    r"\b(?:vraie personne|service client|conseiller s'il)\b",
    r"\b(?:parlare|comunicare|contattare) (?:con )?(?:\w+ )?(?:persona|umano|operatore|qualcuno|"
    r"addetto|assistenza)\b|\boperatore umano\b",
    r"\b(?:falar|conversar) com (?:\w+ )?(?:pessoa|humano|atendente|alguem|agente|suporte)\b|"
    r"\batendente humano\b|\bum atendente\b",
    r"\b(?:met|een) (?:een )?(?:echt )?(?:mens|persoon|medewerker|iemand)\b.*\b(?:spreken|praten|"
    r"chatten|doorverbinden)\b|\b(?:medewerker|mens) spreken\b",
    r"\b(?:z|polaczyc z) (?:czlowiekiem|konsultantem|kims|agentem)\b",
]

REFUSALS = [
    # "no need for a person", "I don't want to talk to anyone", "please don't call me"
    r"\b(?:do not|don't|dont|never|didn't|did not|doesn't|won't|wouldn't|no need|not necessary|"
    r"rather not|prefer not|not need|needn't|without having|without needing|without having|"
    r"no longer)\b(?: \w+){0,3}? "
    rf"(?:{_TALK}|need|want|like|require|contact|call|bother|transfer|escalate|connect)\b"
    rf"(?: (?!(?:i|we)\b)\w+){{0,4}}? ?(?:{_ANY}|me|you)\b(?! (?:bot|robot))",
    rf"\bno need (?:for|to|of) (?:\w+ ){{0,3}}?{_ANY}\b",
    r"\bno (?:human|person|agent|call|call ?back) (?:is )?(?:needed|required|necessary)\b",
    # what already happened, and thanks for it
    rf"\b(?:i|we|already|just) (?:already |just |have |had )*(?:talked|spoke|spoken|chatted|was "
    rf"connected|called|contacted|met) (?:to|with)? ?{_GAP}{_ANY}\b(?!.*\b(?:again|still|but)\b)",
    rf"\b(?:thanks|thank you|thx|kudos|shout ?out)\b.*\b(?:to|for|your) (?:\w+ ){{0,4}}?{_ANY}\b"
    r"(?!.*\b(?:please|pls|want|need|but|can|could)\b)",
]

# In a product these are things to manage, not people to talk to.
THINGS = [
    r"\b(?:add|invite|remove|delete|assign|create|import|export|edit|update|change|rename|set up|"
    r"merge|list|filter|sort|tag|mention|block|mute|notify|track|count|replace|upload|view|"
    r"share|configure|install|integrate|embed|enable|disable|customi[sz]e|build|train|deploy|"
    r"manage|hide|display|reassign|map|grant|give|store|show|charge|pay|bill|refund) "
    r"(?:\w+ ){0,5}?"
    r"(?:persons?|people|someone(?: else)?|somebody(?: else)?|agents?|reps?|represent\w*|contacts?|"
    r"managers?|operators?|users?|members?|team(?: members?)?|colleagues?|employees?|staff|"
    r"human|csms?|live chat|support agents?|support|call cent(?:er|re)|help ?desk|phone number|"
    r"contact number|"
    r"supervisors?|advis[eo]rs?|customer service|account manager)\b",
    r"\bput (?:an?|the|another) \w+ on (?:the|an?) (?:\w+ )?list\b",
    # Handing on one of the product's many chats or cases, not this conversation.
    r"\b(?:transfer|move|hand|pass|route|forward|reassign) (?:an?|all|every|new|open) (?:\w+ )?"
    r"(?:chats?|cases?|calls?|conversations?|tickets?|deals?) (?:over )?to (?:\w+ )?(?:agents?|"
    r"teams?|colleagues?|persons?|people|someone|somebody|queues?|reps?|members?)\b",
    r"\b(?:transfer|move|hand|pass) (?:an?|the|my|our) (?!chat|case|call|conversation)\w+ "
    r"(?:over )?to "
    r"(?:someone|somebody|another person)(?: else)?\b",
]
