"""The written patterns of `matters`, for plain lower-case text without accents. Data.

When in doubt they call a human: a glance at a harmless message costs less than a missed threat.
"""

_WHO = (
    r"(?:someone|somebody|some one|anyone|a stranger|strangers|others?|another person|they|he|she|"
    r"an? \w+ (?:person|user)|hackers?|an intruder|intruders|criminals?|an attacker|attackers?)"
)
_US = r"(?:you|u|you guys|your (?:company|system|people))"
_CANT = (
    r"(?:can ?not|cannot|can't|cant|could not|couldn't|unable to|not able to|isn't able to|"
    r"won't|doesn't)"
)
_ALL = (
    r"(?:everyone|everybody|anyone|anybody|evryone|nobody|no one|noone|none of us|all of us|"
    r"(?:the |my |our )?(?:whole|entire) (?:team|company|office|department|staff|firm|business)|"
    r"all (?:our |my |the )?(?:users|customers|clients|staff|colleagues|employees|agents|stores|"
    r"shops|drivers|teams))"
)
_SYSTEM = (
    r"(?:site|website|web ?page|app|application|system|service|services|server|servers|platform|"
    r"api|product|production|prod|dashboard|everything|whole thing|it|login|checkout)"
)
_DEAD = (
    r"(?:down|offline|unreachable|unavailable|inaccessible|dead|gone|not reachable|not available|"
    r"not responding|unresponsive|at a standstill|paraly[sz]ed)"
)
_NOT_DONE = r"(?:do not|don't|dont|did not|didn't|didnt|never|haven't|have not)"

SAFETY = (
    r"\bsuicid\w*|\bkill(?:ing)? (?:my|him|her|them|your)sel\w+|\bself[- ]?harm\w*",
    r"\b(?:hurt|harm|injur|cut)\w* (?:my|him|her|them)sel\w+|\bend(?:ing)? (?:my|it|his|her) "
    r"(?:life|all)\b|\btak\w+ (?:my|his|her|their) own li(?:fe|ves)\b",
    r"\b(?:want|wants|wanna|going|ready|like|rather) (?:to )?(?:die|be dead|dying)\b|"
    r"(?:\b(?:not|no longer|dont)|n't) (?:(?!go)\w+ ){0,2}?(?:live|living|alive|be here) ?(?:any "
    r"?more|any "
    r"longer)?$|\bbetter off (?:without me|(?:if i'?m |if i am )?dead)\b|\bno reason to live\b",
    r"\boverdos\w*|\b(?:too many|bottle of|all (?:my|the)) (?:pills|tablets)\b|\bpoison(?:ed|"
    r"ing)\b",
    r"\b(?:got|gets?|getting|was|were|is|been|be|badly|seriously) (?:\w+ )?(?:hurt|injured|wounded|"
    r"electrocuted|burn(?:ed|t)|crushed|assaulted|raped|molested|stabbed|shot|abused)\b",
    r"\bin (?:\w+ )?(?:danger|peril)\b|\bdangerous to (?:life|people)\b|\blife[- ]threatening\b|"
    r"\b(?:lives?|people|patients?|workers?|someone|somebody|person|child|kids?) (?:\w+ ){0,4}?"
    r"(?:at risk|die|died|dies|dying|killed)\b",
    r"\bdeath threats?|\bthreat\w* (?:to )?(?:me|us|my|our|him|her|them|violence|kill|hurt|"
    r"burn|bomb|shoot)\b|\bstalk(?:er|ing|ed|s)?\b|\b(?:he|she|they|who|will|to|would)"
    r"(?:'d|'ll)? (?:\w+ )?(?:kill|shoot|stab|rape|bomb) "
    r"(?:me|us|my|him|her|them|up|the|people|someone|everyone)\b",
    r"\b(?:medical|real|an?) emergency\b(?! (?:contact|number|button|fund|plan|exit|leave))|"
    r"\b(?:call|send|need) (?:\w+ ){0,2}?(?:ambulance|paramedics?|911|112|999)\b",
    r"\b(?:caught|catching|on|is|are) fire\b(?! ?wall)|\b(?:smoke|flames|sparks) (?:\w+ "
    r")?(?:coming|"
    r"from|out)\b|\bsmell\w* (?:of )?(?:gas|smoke|burning)\b|\bburst into flames\b|"
    r"\b(?:battery|charger|device|unit|machine|phone|adapter) (?:\w+ )?(?:exploded|explodes|"
    r"exploding|burns|burning|burned|melted|melting)\b|\belectric(?:al)? shock\b",
    r"\bsafety (?:risk|hazard|incident)|\bheart attack\b|\b(?:not|isn't|can't|cannot|stopped) "
    r"breath\w*|\bbleeding\b|\bcollapsed at\b|\b(?:workers?|employees?|colleagues?|drivers?|"
    r"patients?|he|she) "
    r"(?:has |just )?(?:collapsed|fainted|passed out)\b|\b(?:lost|loses) (?:a |his |her )?"
    r"(?:finger|hand|arm|leg|eye)s?\b|\b(?:losing|lost) (?:a lot of |much )?blood\b|\b(?:need|"
    r"needs) "
    r"(?:a |an )?(?:doctor|ambulance|medic)\b|\btrapped in\b",
    r"\b(?:wrong|double|higher?|incorrect) (?:\w+ )?(?:dose|dosage|medication|medicine|blood "
    r"type)\b",
    r"\b(?:fear|afraid|scared|worried|frightened) (?:for (?:my|our|his|her|their) (?:life|lives|"
    r"safety)|(?:that )?(?:he|she|they|someone|somebody) (?:\w+ )?(?:will|might|could|is going))\b|"
    r"\b(?:he|she|they|husband|wife|ex|partner|boyfriend|girlfriend|somebody|someone)(?:'s| is| "
    r"are)? (?:\w+ )?(?:follow(?:s|ing)|track(?:s|ing)|beat(?:s|ing)?|hit(?:s|ting)?|abus\w+|"
    r"threaten\w*) (?:me|us|my|her|him)\b|\b(?:don't|do not|not) feel safe\b",
    r"\bchild (?:abuse|porn\w*|sexual\w*)|\b(?:sexual|physical|domestic) (?:abuse|assault|violence|"
    r"harassment)\b|\bsexually (?:\w+ )?(?:assault|abus|harass)\w*|\b(?:sexual(?:ly)?|nude) "
    r"(?:\w+ ){0,3}?(?:minors?|child\w*|kids?|daughter|son)\b",
    r"\b(?:had|have|has|was|were|been|is|caused|causing) (?:\w+ )?(?:injur(?:y|ies)|fatalit(?:y|"
    r"ies)|"
    r"casualt(?:y|ies))\b|\baccident (?:at work|on site)\b|\b(?:insulin|pacemaker|ventilator|"
    r"infusion|"
    r"dialysis|defibrillator)\b.*\b(?:wrong|fail\w*|stop\w*|not|no|empty|alarm)\b",
    r"\bunconscious\b|\bfe(?:el|els|lt) unsafe\b|\b(?:goodbye|farewell) (?:letter|note)\b|"
    r"\b(?:pills|"
    r"tablets)\b.*\btak(?:e|ing) (?:them|all)\b|\b(?:child|kid|baby|toddler|son|daughter) (?:\w+ )?"
    r"swallowed\b",
    r"\b(?:pictures?|photos?|images?|videos?) of (?:\w+ )?(?:children|child|kids?|minors?|"
    r"girls|boys)\b(?=.*\b(?:naked|nude|should ?n[o']t|should not|abuse\w*|report|disturbing)\b)|"
    r"\b(?:bomb|gun|shooting|shooter)\b (?:\w+ ){0,4}?(?:school|office|building|event|threat)|"
    r"\bbomb threat\b",
)

SECURITY = (
    r"\bhack(?:ed|er|ers|ing|s)?\b|\bphish\w*|\bscam(?:s|m\w+)?\b|\bransom ?(?:ware)?\b|"
    r"\bmalware\b|"
    r"\bhijack\w*|\bspyware\b|\btrojan\b|\bbotnet\b|\bddos\b|\bbrute[- ]?forc\w*",
    r"\bfraud\w*|\bidentity (?:theft|thief|was stolen|stolen)|\bstole (?:my|our)\b",
    r"\b(?:data|security|privacy) (?:breach|leak|incident|hole|flaw|issue|bug|problem|concern|"
    r"vulnerab\w+)\w*|\bbreach(?:ed)?\b(?! (?:of )?(?:\w+ )?(?:contract|agreement|terms))",
    r"\b(?:account|password|credentials?|api key|keys?|data|system|tokens?|database|records?|"
    r"secrets?|e-?mails?|details|info\w*)s? (?:\w+ ){0,4}?(?:compromised|breached|leak\w*|exposed|"
    r"stolen|hijacked|taken over|for sale)\b",
    r"\bleak(?:s|ed|ing|age)? (?:\w+ ){0,4}?(?:data|records?|e-?mails?|passwords?|customers?|"
    r"clients?|users?|keys?|tokens?|credentials|information|personal|private)\b",
    r"\b(?:secret|api|access|private|our|my) (?:\w+ )?(?:keys?|tokens?|passwords?|credentials) "
    r"(?:\w+ ){0,4}?(?:public|online|internet|github|wrong person|exposed)\b|"
    r"\b(?:posted|pushed|published|committed|shared|sent) (?:\w+ ){0,3}?(?:secret|key|token|"
    r"passwords?|credentials)\b(?=.*\b(?:public|online|accident\w*|mistake|wrong|github)\b)|"
    r"\baccident\w* (?:\w+ ){0,3}?(?:secret|key|token|password|credentials)\b",
    r"\bun ?authori[sz]ed\b|\bwithout (?:my|our) (?:permission|consent|knowledge|authori[sz]ation|"
    r"knowing)\b|\bwithout (?:me|us) (?:\w+ )?knowing\b|\bbehind (?:my|our) back\b",
    rf"\b{_WHO} (?:else )?(?:\w+ ){{0,3}}?(?:logged|logging|logs|broke|broken|breaks|got|gotten|"
    r"getting|gets|signed|signs|signing|hacked|snuck|is|was) (?:in|inside|on)(?:to)?\b(?! (?:the "
    r"(?:team|office|call|meeting|project))\b)",
    rf"\b{_WHO} (?:else )?(?:\w+ ){{0,2}}?(?:using|used|uses|accessed|accessing|has access to|"
    r"took over|taken over|controls?|reads?|reading|sees|seeing|changed|changes|deleted|stole|"
    r"steals|spent|bought|withdrew|"
    r"opened|ordered|copied|copying|downloading|downloaded) (?:\w+ ){0,3}?(?:my|our|with my|in my "
    r"name|from my)\b(?! (?:colleague|draft|comment|screen))",
    r"\b(?:see|seeing|saw|sees|show\w*|view\w*|access|got|get|downloaded) (?:\w+ ){0,3}?(?:other|"
    r"another|someone else's|somebody else's|different|a stranger's|strangers') (?:[\w']+ ){0,2}?"
    r"(?:data|accounts?|details|invoices|information|orders|files|records|messages|names|profile|"
    r"compan(?:y|ies)|customers?|clients?|tenants?|person)\b(?! (?:how|can|from the list))",
    r"\b(?:belong\w*|owned) (?:to|by) (?:a |an )?(?:another|other|different|someone else|somebody "
    r"else|strangers?)\b|\b(?:other|another|different) (?:people|person|customer|client|company|"
    r"user|tenant)(?:'?s'?)? (?:\w+ )?(?:data|orders|invoices|records|details|account|files|"
    r"messages)\b|\blogged in as (?:someone|somebody|another|a different|the wrong)\b",
    r"\b(?:log ?-?ins?|sign ?-?ins?|devices?|transactions?|payments?|transfers?|purchases?|"
    r"withdrawals?|orders?|activity|sessions?|changes?|charges?|debits?|bookings?) (?:\w+ ){0,4}?"
    rf"(?:(?:(?:i|we) {_NOT_DONE}|none of us|nobody here) (?:\w+ )?(?:recogni[sz]ed?|make|made|"
    r"authori[sz]ed?|approved?|do|did|done|know|knows|requested?)|(?:was|were) ?(?:n't|nt|not) "
    r"(?:me|us|mine|done by))\b",
    r"\b(?:it |that |this )?(?:was ?n't|wasnt|was not|were not) (?:me|us|by me|done by me)\b|"
    r"\b(?:none of us|nobody here|no one here) (?:did|made|knows|recogni[sz]es|requested|"
    r"changed)\b|"
    r"\bnobody (?:of us |here )?(?:knows|recogni[sz]es)\b|\b(?:someone|somebody|a person|people"
    r"|an? "
    r"(?:user|admin|account|login)) (?:that |who |whom )?(?:i|we) (?:don't|do not|dont|never) "
    r"(?:know|"
    r"recogni[sz]e|invited|added)\b|\b(?:reset|code|verification|otp"
    r"|confirmation)\b.*\b(?:nobody|no "
    r"one|none of us) (?:here |of us )?(?:asked|requested|ordered|wanted)\b",
    rf"\b(?:i|we) {_NOT_DONE} (?:request|ask for|asked for|initiate|trigger)\w* (?:\w+ ){{0,3}}?"
    r"(?:code|reset|link|change|log ?-?in|sign ?-?in|transfer|verification)\b|"
    r"\b(?:reset|code|verification|otp)s? (?:\w+ ){0,3}?(?:i|we) (?:never|didn't|did not|didnt) "
    r"(?:request|ask|want)\w*",
    r"\b(?:unknown|strange|suspicious|unusual|unfamiliar|foreign|weird|unrecogni[sz]ed) (?:\w+ )?"
    r"(?:log ?-?ins?|sign ?-?ins?|user|users|admin|device|devices|session|sessions|activity|access|"
    r"transactions?|transfers?|payments?|person|ip)\b|\b(?:log ?-?ins?|sign ?-?ins?|session|device|"
    r"access)(?: \w+){0,3}? from (?:an? )?(?:unknown|strange|foreign|another|different|other|new|"
    r"country|place|city|russia|china|nigeria|north korea|abroad)\b",
    r"\b(?:ex|former|fired|old|previous|sacked|dismissed)[- ](?:employees?|colleagues?|workers?|"
    r"staff|admins?|contractors?|partner) (?:\w+ ){0,3}?(?:access|log\w*|sign\w*|see|sees|read\w*|"
    r"download\w*|steal\w*|stole|has|have|can|account)\b|\bwho (?:has )?left (?:\w+ "
    r"){0,3}?(?:still "
    r"|can )(?:\w+ )?(?:access|log|see|has|read|open|edit|download)\w*",
    r"\b(?:fake|spoofed|bogus|forged|dodgy) (?:e-?mail|mail|site|website|web ?page|log ?-?in|"
    r"message|sms|text|call|invoice|app)\b|\b(?:impersonat|impostor|imposter)\w*|"
    r"\bpretend\w* to be (?:me|us|you|our|my|your|from)\b",
    r"\b(?:my|our) (?:\w+ ){0,2}?(?:was|were|got|has been|have been|is|been) (?:\w+ )?(?:stolen|"
    r"hacked|robbed|cloned|taken over|broken into)\b|\b(?:phone|laptop|device|computer|card) "
    r"(?:\w+ )?(?:stolen|hacked)\b|\bmoney (?:was|has been|got|is being|has) (?:stolen|disappeared|"
    r"vanished)\b|\baccount ?take ?over\b|\brobbed\b",
    r"\bvulnerabilit\w+|\bxss\b|\bsql ?injection\b|\bcsrf\b|\bexploit(?:ed|able|s)?\b|\bplain "
    r"?text "
    r"passwords?\b|\bpasswords? in plain\b|\bzero[- ]day\b|\bpen ?test (?:found|shows)\b",
    r"\b(?:data|files?|records|documents|contracts|information|customers?|clients?)(?: \w+){0,4}? "
    r"(?:publicly|public to|visible to (?:everyone|everybody|anyone|others|the public|the world)|"
    r"open to (?:everyone|anyone))\b|\banyone (?:\w+ ){0,3}?can (?:see|read|open|access|download) "
    r"(?:our|my|all|every|any)\b|\bencrypt(?:ed|s|ing) (?:\w+ )?(?:our|my|all) (?:\w+ )?files\b",
    r"\b(?:2fa|mfa|two[- ]factor|email|e-mail|password|phone number|bank details|iban|payout "
    r"account) (?:\w+ ){0,3}?(?:was|were|got|has been|been) (?:\w+ )?(?:changed|replaced|turned "
    r"off|disabled|removed|swapped)\b(?! successfully)",
    r"\b(?:spy|spies|spying|spied|snoop\w*|eavesdrop\w*)\b|\bstranger(?:s|'s|s') (?:\w+ )?(?:name|"
    r"data|"
    r"photo|account|details|address|orders?|invoices?)\b",
    r"\b(?:see|open|read|access|download|shows?|showing) (?:\w+ ){0,3}?of (?:an? )?(?:other|"
    r"another|"
    r"different|foreign) (?:compan(?:y|ies)|customers?|clients?|tenants?|users?|people|persons?)\b|"
    r"\b(?:see|read|open|access|view|download)s? (?:\w+ ){0,4}?(?:he|she|they|nobody|no one|"
    r"others) "
    r"(?:should|must|may|can)(?: not|n't)\b|\bpermissions? (?:are|is|got|seem) (?:\w+ )?(?:broken|"
    r"wrong|"
    r"ignored)\b|\b(?:link|e-?mail|message|site|page|call|letter|sms)\b(?: \w+){0,6}? (?:was|is|"
    r"looks?|"
    r"seems?|be) (?:\w+ )?(?:fake|dodgy|fishy|phon(?:e)?y|spoofed)\b",
    r"\b(?:meant|intended|addressed) (?:for|to) (?:an? )?(?:other|another|someone else|somebody "
    r"else|stranger)",
    r"\b(?:fired|sacked|dismissed|let go|laid off)\b.*\b(?:still|edited|logged|reads?|opened|"
    r"changed|downloaded|deleted|copied)\b",
    r"\b(?:users?|admins?|accounts?|logins?)(?: \w+){0,3}? (?:that |who )?(?:i|we) (?:never|did "
    r"not|"
    r"didn't) (?:ma[dk]e|created?|invited?|added?|set up)\b",
)

LEGAL = (
    r"\b(?:lawyers?|attorneys?|solicitors?|barristers?|legal counsel|(?:our|my|general) counsel|"
    r"law ?suits?|law ?firm|litigat\w*)\b",
    # A slip for "lawyer" that is a word itself, so that spelling correction leaves it as it is.
    r"\b(?:my|our) layers? (?:will|is going to|are going to|has|have) (?:\w+ ){0,2}?(?:in touch|"
    r"contact|hear|write|call|advised|told)\b",
    r"\b(?:sue|sueing|suing|sued)\b|\blegal(?:ly)? (?:action|steps|department|team|notice|claim|"
    r"matter|proceedings?|advice|consequences|threat|hold|obligat\w*|right|rights|responsib\w*|"
    r"case|dispute|means|route|measures|grounds|representation)\b|\b(?:tak|go|drag|bring)\w* "
    r"(?:you |this |it |him |them |you guys )?(?:to|before) (?:the )?(?:court|a judge|tribunal)\b|"
    r"\b(?:pursue|pursuing|act|proceed|resolve|fight) (?:\w+ ){0,3}?legally\b",
    r"\b(?:illegal|unlawful|against the law|break\w* the law|broke the law|criminal (?:charges?|"
    r"complaint|offen[cs]e)|press(?:ing)? charges|liable|liability|indemni\w+|punitive)\b"
    r"(?! (?:character|argument|value|operation|state))",
    r"\b(?:small claims|subpoena\w*|court order|cease and desist|ombudsm[ae]n|arbitrat\w+|warrant|"
    r"injunction|affidavit|takedown|dmca|take ?down notice|prosecut\w+|defam\w+|slander|libel)\b",
    r"\b(?:breach|violat|infring|contraven)\w* (?:of |on |with )?(?:\w+ ){0,3}?(?:contract|"
    r"agreement|terms|gdpr|sla|law|laws|regulations?|privacy|rights?|copyright|trademark|patent|"
    r"dpa|data protection|act)\b|\bcopyright (?:infring|claim|violation|notice)\w*",
    r"\b(?:gdpr|ccpa|dsgvo|rgpd|lgpd|hipaa (?:violation|breach)|article 1[5-9]|article 2[0-2])\b|"
    r"\b(?:data )?subject (?:access )?request\b|\bdsar\b|\bright to (?:be forgotten|erasure|access|"
    r"object)\b|"
    r"\b(?:erasure|deletion) of (?:all )?(?:my|our) (?:personal )?(?:data|information)\b|"
    r"\b(?:erase|delete|remove) (?:all |every |any )?(?:\w+ )?(?:personal |my )?(?:data|"
    r"information|everything) (?:you (?:\w+ )?|that you )(?:have|hold|store|keep|know|collect)\w*|"
    r"\b(?:copy|list|disclosure) of (?:all |any |the )?(?:\w+ )?(?:data|information) (?:that )?you "
    r"(?:\w+ )?(?:have|hold|store|keep|collect)\w*|\bwithdraw (?:my |our )?consent\b|"
    r"\bsend me (?:all|every) (?:\w+ )?data you (?:have|hold|store)\b",
    rf"\breport(?:ing|ed)? (?:{_US}|this|it|your company|him|her|them) to\b|\b(?:the |a )?"
    r"(?:regulators?|data protection (?:authority|officer|agency)|consumer protection|consumer "
    r"(?:rights|agency|affairs)|trading standards|police|financial conduct authority|ftc|fca|bbb|"
    r"better business bureau|authorities|attorney general|cnil|ico complaint)\b",
    r"\b(?:formal|official|formally|officially) (?:\w+ )?(?:complaint|complain|notice|warning|"
    r"dispute|letter)\b|\bfil(?:e|ed|ing) (?:a |an )?(?:\w+ )?(?:complaint|claim|charges|case|"
    r"suit)\b(?! (?:number|form))|\bnotice of (?:default|termination|breach|claim)\b|"
    r"\btermination for cause\b",
    r"\b(?:see|hear from) (?:you in court|(?:my|our) (?:lawyer|legal|attorney))|\b(?:in|to|go to|"
    r"going to) court\b(?! shoes?)|\bcourt (?:date|case|hearing|summons|proceedings)\b",
    r"\b(?:demand|want|expect|claim|seek(?:ing)?|require|pay|owe) (?:\w+ ){0,3}?(?:compensation|"
    r"damages|"
    r"reparation)\b|\bhold (?:you|your company) (?:\w+ ){0,2}?(?:responsible|accountable|liable)\b",
    r"\b(?:need|require|want|waiting for) (?:\w+ ){0,3}?(?:counter)?signed (?:\w+ )?(?:dpa|nda|msa|"
    r"baa|contract|agreement|addendum)\b|\blegal papers\b|\bwithdraw from (?:\w+ )?(?:contract|"
    r"agreement|purchase)\b|"
    r"\brescind\w*|\bserv(?:e|ing) (?:\w+ )?(?:papers|process)\b",
    r"\bdiscriminat\w+ (?:against|me|us|on)\b|\bthis is (?:\w+ )?discriminat\w+",
)

BILLING = (
    r"\bcharge ?-?backs?\b|\bdisput(?:e|es|ed|ing)\b(?! (?:resolution|center|centre|workflow|"
    r"feature|status|from my))|\b(?:over|double|mis|wrongly|wrongfully|incorrectly|falsely|"
    r"mistakenly) ?-?(?:charg|bill|invoic|debit)(?:e|ed|es|ing)\b",
    rf"\b{_US} (?:\w+ ){{0,3}}?(?:double[- ])?(?:charged|billed|invoiced|debited|took|stole|"
    r"withdrew|deducted|owe)\b(?! over\b)",
    rf"\b(?:{_US} )?(?:keep|keeps|kept|still|stop|quit|continue|continues) (?:on )?(?:charging|"
    r"billing|invoicing|debiting|taking|withdrawing|deducting)\b",
    r"\b(?:charged|billed|invoiced|debited|paid|payment (?:was|got|has been)) (?:\w+ "
    r"){0,5}?(?:twice|two times|"
    r"three times|double|multiple times|several times|repeatedly|a second time|duplicate)\b|"
    r"\b(?:charged|billed|invoiced|debited) (?:\w+ ){0,3}?again\b|\b(?:double|duplicate|second|"
    r"repeated) (?:payments?|charges?|debits?|billing|"
    r"invoice)\b|\btwice (?:\w+ ){0,3}?(?:charged|billed|debited)\b",
    r"\b(?:charged|billed|invoiced|debited) (?:\w+ ){0,4}?(?:wrong|wrongly|incorrect\w*|too much|"
    r"more than|extra|full price|already paid|cancell?ed|after (?:i |we |the )?(?:cancell?\w+|"
    r"trial)|without|although|even though|left|never)\b|\b(?:charged|billed|took) (?:\w+ ){0,6}?"
    r"(?:never|did not|didn't|didnt) (?:order|want|request|use|approve|agree|buy|sign|authori)\w*",
    r"\b(?:charged|billed|invoiced|debited|paying) for (?:\w+ ){1,4}?(?:i|we|nobody) (?:\w+ )?"
    r"(?:do not|don't|dont|never|no longer|did not|didn't|didnt|uses?|used|wants?|wanted) ?|"
    r"\b(?:charge|payment|debit|fee|invoice|bill)\b.*\b(?:i|we) know nothing (?:about|of)\b|"
    r"\b(?:card|"
    r"account) (?:\w+ )?(?:hit|debited|billed|drained) (?:for|with|by)\b|\bmoney (?:\w+ )?left "
    r"(?:my|"
    r"our)\b|\byou (?:guys )?(?:still|always) (?:charge|bill|debit|take|pull|withdraw|deduct)\b|"
    r"\bplease (?:correct|fix) "
    r"(?:\w+ )?(?:invoice|bill)\b",
    r"\b(?:billing|invoice|invoicing) (?:\w+ )?(?:error|mistake|complaint|dispute|discrepancy)s?\b|"
    r"\b(?:error|mistake|discrepancy|problem) (?:\w+ )?(?:on|in|with) (?:\w+ )?(?:the|my|our|last|"
    r"this|your) (?:\w+ )?(?:bill|invoice|billing|statement from you)\b",
    r"\b(?:invoice|bill|amount (?:\w+ )?(?:charged|billed|invoiced|due)) (?:\w+ ){0,5}?(?:wrong|"
    r"incorrect|inaccurate|too high|not "
    r"(?:right|correct)|makes no sense|(?:doesn't|does not|didn't|don't) (?:match|agree)|isn't "
    r"(?:right|correct)|can't be right|cannot be right|doubled|joke|contains errors|higher than "
    r"agreed|seats (?:that )?we)\b|\bwrong "
    r"(?:invoice|bill|amount (?:\w+ )?(?:on|billed|charged|invoiced))\b",
    r"\b(?:want|demand|give (?:me|us)|need|send (?:me|us)) (?:back )?(?:all )?(?:of )?"
    r"(?:my|our|the) (?:\w+ )?money (?:back|you took)?\b(?=.*\bback\b|.*\btook\b)|"
    r"\bgive (?:me |us )?back (?:my|our|the) money\b|\bevery (?:single )?(?:cent|penny|dollar|euro|"
    r"pound) (?:of (?:it|that|this) )?back\b",
    r"\brefund (?:me|us|my|our|this|it|the (?:charge|payment|difference))\b|\b(?:want|demand|"
    r"expect|"
    r"need|owe me|owe us|insist on|waiting for) (?:a |an |the |my |our |full |immediate )*refund\b|"
    r"\bwhere(?:'s| is) my refund\b|\brefund (?:was |has )?(?:refused|denied|never (?:came|"
    r"arrived))\b",
    r"\bripp?(?:ed)? ?-?off\b|\b(?:rip|daylight) ?-?(?:off|robbery)\b|\bthieves\b|\bstealing\b|"
    r"\bdouble[- ]?(?:charg|bill)\w*",
    r"\b(?:unexpected|unknown|unexplained|unauthori[sz]ed|surprise|hidden|mysterious|bogus|extra|"
    r"unjustified|erroneous) (?:\w+ )?(?:charges?|fees?|debits?|payments?)\b(?= (?:from|on|"
    r"by|in|to|appeared|was|has|nobody|that|i|we)\b|$)|\b(?:charge|debit|payment|fee) (?:\w+ "
    r"){0,6}?"
    r"(?:not mine|isn't mine|is not mine|(?:never|didn't|did not|don't|do not|dont) (?:\w+ )?"
    r"(?:recogni[sz]e|authori[sz]e|agree\w*|order\w*|approve\w*|know))\b",
    rf"\b(?:i|we) {_NOT_DONE} (?:recogni[sz]e|order\w*|authori[sz]e\w*|agree\w*|approve\w*|buy|"
    r"bought|request\w*|sign\w*) (?:\w+ ){0,3}?(?:charge|payment|fee|debit|invoice|bill|"
    r"seats?|licen[cs]es?|users|subscription|plan|renewal|upgrade|purchase|this)\b(?! (?:message|"
    r"page|screen|button|error|code|link|reset))",
    r"\b(?:never|did not|didn't|didnt) (?:agree|agreed|sign|signed) (?:up )?(?:to|for) "
    r"(?:this|that|these|pay|be charged)\b|\brefus\w+ to pay\b|\bnot (?:going to pay|paying) |"
    r"\b(?:we|i) "
    r"(?:do not|don't|dont|can't|cannot) accept (?:this|the|your) (?:invoice|bill|charge|fee)\b|"
    r"\b(?:won't|will not|wont) (?:be )?pay(?:ing)? (?:this|that|it|the|your|for)\b|\bwithhold\w* "
    r"(?:\w+ )?payments?\b|\bcontest (?:this|the|your|that|a|our) (?:\w+ )?(?:invoice|charge|bill|"
    r"fee|payment)\b",
    r"\b(?:renewed|renewal|subscription|plan|upgrade\w*) (?:\w+ ){0,5}?(?:without (?:\w+ "
    r")?(?:consent|"
    r"asking|notice|permission|telling|approval)|(?:never|not) (?:\w+ )?(?:agreed|authori[sz]ed|"
    r"approved)|though i|even though|although)\b|\b(?:renewed|charged|billed|raised|increased|"
    r"upgraded) (?:\w+ ){0,5}?without (?:\w+ )?(?:asking|consent|notice|permission|telling|warning|"
    r"approval)\b",
    r"\b(?:reverse|stop|cancel|block|recall) (?:\w+ ){0,2}?(?:the|this|that|your) (?:payment|"
    r"charge|debit)\b(?=.*\bbank\b)|\bbank (?:\w+ ){0,4}?(?:reverse|take back|recall|return|"
    r"dispute) "
    r"(?:\w+ )?(?:the|this|your)? ?(?:payment|charge|money|debit)\b|\bremove (?:this|the|that) "
    r"(?:\w+ )?(?:charge|fee)\b",
    r"\b(?:promised|agreed|quoted|offered) (?:\w+ ){0,5}?(?:discount|price|credit|rate|refund)\b"
    r"(?=.*\b(?:bill|invoice|charg|full|pay|still|but|never|missing|not)\w*)|\byou owe (?:me|us)\b|"
    r"\b(?:dunning|collections? (?:letter|agency)|debt collect\w+)\b",
    r"\b(?:want|need|get|have|please) (?:\w+ ){1,4}?(?:payment|charge|debit)s? (?:reversed|undone|"
    r"returned|taken back)\b",
    r"\bmoney (?:\w+ )?(?:leaving|leaves|going out of|gone from|taken (?:from|out of)) "
    r"(?:my|our)\b|\b(?:amount|sum|total|figure)s? .{0,40}\b(?:not|n't) (?:match|agree|add up)\b"
    r"(?=.*\b(?:contract|quote|offer|agree[md]\w*|signed|order form)\b)|"
    r"\b(?:i|we) (?:did not|didn't|never) approve it\b",
    r"\b(?:price|bill|invoice|charge|fee|cost|amount)s?\b.{0,60}\b(?:is not|isn't|isnt|not|"
    r"differs? from|more than|higher than) (?:\w+ ){0,2}?what (?:\w+ ){1,4}?(?:told|promised|"
    r"quoted|agreed)\b",
)

OUTAGE = (
    r"\boutages?\b|\b(?:complete|total|full)(?:ly)? (?:down|offline|unavailable|blackout|failure|"
    r"breakdown|standstill)\b|\b(?:major|critical|severe|sev ?-?1|p1|p0) (?:incident|problem|"
    r"failure|disruption|outage)\b|\bseverity (?:1|one)\b|\bdown ?detector\b",
    rf"\b{_SYSTEM} (?:\w+ ){{0,3}}?(?:is|are|'s|has been|have been|went|gone|been|was|seems?|"
    rf"appears?|looks?|goes) (?:\w+ ){{0,2}}?{_DEAD}\b",
    rf"\b{_SYSTEM}(?:'s| is| are)? (?:\w+ )?down(?: (?:for (?:all|every|us|me|our)|again|since|"
    rf"right|"
    r"now|today|please|help|at the moment)|$)",
    rf"\b{_SYSTEM} (?:has |have |just |completely |totally )*(?:crashed|collapsed|died)\b|"
    rf"\b(?:your|the|our) (?:\w+ )?(?:site|website|system|service|servers?|platform|api|backend|"
    r"cloud) (?:\w+ ){0,3}?(?:isn't|aren't|is not|are not|doesn't|don't|does not|do not|not|"
    r"stopped|"
    r"won't|no longer) (?:\w+ )?(?:respond\w*|load\w*|answer\w*|reachable|available|open\w*|up|"
    r"online|accessible)\b",
    rf"\b{_US} (?:guys )?(?:are |is )?(?:\w+ )?(?:down|offline)\b|\b(?:can't|cannot|can not|cant|"
    r"unable to|not) (?:\w+ )?reach (?:your|the) (?:site|website|servers?|service|platform|api|"
    r"app)\b|\bcan(?:'t|not| not) reach anything\b",
    r"\b(?:are|is) (?:\w+ ){0,3}?down"
    r"(?: (?:right )?now| again| today| for (?:everyone|everybody|anyone|all|us|me))?$",
    r"\bnothing (?:at all )?(?:is |seems to |will |would )?(?:work(?:s|ing)?|load(?:s|ing)?|"
    r"open(?:s|"
    r"ing)?|respond(?:s|ing)?)\b|\beverything (?:\w+ )?(?:stopped|broke|broken|is broken|crashed|"
    r"fails?|failed|failing|times out|timed out|frozen|is frozen|froze|hangs)\b",
    rf"\b{_CANT} (?:\w+ ){{0,4}}?(?:in|at|from|on) any (?:store|shop|branch|office|site|device|"
    rf"location|"
    r"machine|browser)\b",
    r"\b(?:nobody|no one|none of us|noone|none of (?:my|our|the) \w+|not one of (?:us|our)) "
    r"(?:\w+ ){0,5}?(?:can|is able to|are able to|could|gets?|manages?) ",
    rf"\b{_ALL} (?:\w+ ){{0,4}}?(?:{_CANT}|locked out|affected|down|stuck|blocked|offline|kicked "
    r"out|gets? (?:an? )?(?:error|5\d\d|timeout|blank|white)|sees? (?:an? )?(?:error|blank|white|"
    r"empty|5\d\d))\b",
    rf"\b(?:down|dead|broken|crashed|unavailable|ded|not working|offline|fails?|failing|error|"
    rf"blank|out|unusable|stopped(?: working)?|frozen|gone|open|loads?|work|works|working) (?:\w+ )"
    rf"{{0,2}}?(?:for|across|in) {_ALL}\b|\b(?:down|dead|broken|unavailable|offline) (?:for|in) "
    r"(?:all|everyone|everybody|the whole|our (?:whole|entire))\b",
    r"\bevery (?:single )?(?:user|customer|client|page|request|call|colleague|employee|store|shop|"
    r"device|site) (?:\w+ ){0,4}?(?:error|errors|5\d\d|fails?|failed|failing|times? out|blank|down|"
    r"offline|gets|affected|cannot|can't)\b|\ball (?:of )?(?:our |my |the |your )?(?:\w+ )?(?:"
    r"requests?|calls?|payments?|orders?|pages?|api calls|logins?|webhooks?|integrations?|stores|"
    r"shops|devices|sites|users|data|projects|dashboards|records) (?:\w+ ){0,3}?(?:fail\w*|time "
    r"out|"
    r"timed out|timing out|down|offline|gone|lost|vanished|disappeared|stopped|error\w*|broken|"
    r"return\w* 5\d\d|empty)\b",
    r"\b(?:5\d\d|bad gateway|service unavailable|gateway time-?out)\b(?=.*\b(?:every\w*|each|"
    r"all|any|whole|always|us|constant\w*|only|since)\b)|"
    r"\b(?:every\w*|all|whole|only|since) (?:\w+ ){0,4}?"
    r"(?:5\d\d|bad gateway|service unavailable)\b",
    r"\b(?:production|business|company|office|team|work|operations?|call cent(?:er|re)|warehouse|"
    r"department|line|shop|store)s? (?:\w+ ){0,4}?(?:stopped|stands? still|standstill|halted|"
    r"paraly[sz]ed|(?:cannot|can't|cant|can not) (?:work|operate|sell|ship|serve))\b|\bcompletely "
    r"(?:blocked|stuck|dead|broken|paraly[sz]ed)\b(?=.*\b(?:we|us|our|team|company|all)\b)|"
    r"\bwe(?:'re| are) (?:\w+ )?(?:completely|totally|all|fully) (?:blocked|stuck|down|locked out|"
    r"offline)\b|\blosing (?:\w+ )?(?:money|sales|revenue|customers|orders) (?:every|each|by the|"
    r"because|right now|since)\b",
    r"\b(?:is|are) (?:any(?:one|body)|others?|other people|everyone|everybody) (?:else )?(?:\w+ )?"
    r"(?:seeing|having|experiencing|affected|unable|locked|down)\b|\b(?:your|the) (?:system|"
    r"service|platform|site|servers?) (?:\w+ ){0,2}?(?:having|experiencing) (?:\w+ )?(?:problems?|"
    r"issues?|trouble|difficulties)\b|\bhaving (?:\w+ )?(?:problems?|issues?|trouble) (?:on your "
    r"(?:side|end)|today|right now)\b|\bstatus page\b(?=.*\b(?:but|ok|green|still|cannot|can't|"
    r"wrong)\b)|\b(?:colleagues?|team ?mates?|co-?workers?|others) (?:neither|either|too|as well|"
    r"also)\b(?=.*)",
    r"\b(?:phones?|lines?|tills?|machines?|screens?|call cent(?:er|re)s?)\b.{0,50}\b(?:silent|dead|"
    r"dark|down|stopped)\b.{0,30}\bbecause of you",
)
