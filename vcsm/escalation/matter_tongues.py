"""The patterns of `matters` in other languages: the words that are used for little else. Data.

The encoder reads English, so these and `vcsm.core.language` are all that stands for the rest.
Text is lower case and without accents (`ł` is `l`, `ß` is `ss`).
"""

SAFETY = (
    r"\bselbstmord\w*|\bsuizid\w*|\b(?:mich|sich) (?:\w+ )?(?:umbringen|toten)\b|\bnicht mehr "
    r"leben\b|"
    r"\bnotarzt\b|\bkrankenwagen\b|\b(?:schwer )?verletzt\b|\bbedroht (?:mich|uns)\b|\bin gefahr\b|"
    r"\blebensgefahr\b|\bes brennt\b",
    r"\bsuicid\w*|\bmatarme\b|\bquitarme la vida\b|\bno quiero (?:seguir )?viv\w+|\bambulancia\b|"
    r"\bamenaz\w*|\bherid[oa]s?\b|\ben peligro\b|\bemergencia medica\b",
    r"\bme (?:tuer|suicider)\b|\b(?:envie de|veux|vais) mourir\b|\ben danger\b|\bmenaces? de "
    r"mort\b|"
    r"\bme menace\b|\bmettre fin a mes jours\b|\bplus vivre\b|\burgence (?:medicale|vitale)\b|"
    r"\bblessee?s?\b",
    r"\b(?:uccidermi|ammazzarmi|farla finita)\b|\bvoglio morire\b|\bambulanza\b|\bminacci\w*|"
    r"\bferit[oaie]\b|\bin pericolo\b",
    r"\b(?:me matar|quero morrer|tirar minha vida)\b|\bferid[oa]s?\b|\bameac\w*|\bem perigo\b",
    r"\bzelfmoord\b|\bniet meer leven\b|\bmezelf (?:iets aan|van kant|doden)\b|\bbedreig\w*|"
    r"\bgewond\b|\bin gevaar\b",
    r"\bsamoboj\w*|\bzabic sie\b|\bnie chce (?:mi sie )?zyc\b|\bkaretk\w*|\bgrozi mi\b",
    r"自殺|死にたい|殺す|救急車|自杀|想死|救护车|самоуби|убить себя|скорую помощь|انتحار|إسعاف",
)

SECURITY = (
    r"\bgehackt\b|\bdatenleck\b|\bdatenpanne\b|\b(?:jemand|fremde[rn]?|unbekannte[rn]?)\b.*\b(?:"
    r"eingeloggt|angemeldet|zugriff|zugang|konto)\b|\bgestohlen\b|\bbetrug\w*|\bbetrogen\b|"
    r"\bsicherheitslucke\w*",
    r"\b(?:passwort|kennwort|konto|e-?mail)\b.*\b(?:von|durch) (?:einem |einer )?(?:fremd\w*|"
    r"jemand\w*|unbekannt\w*|dritte\w*)\b|\bcambia\w+ mi contrasena\b|\b(?:on|quelqu'un) "
    r"(?:m'a |a )change mon mot de passe\b|\bcambiato (?:la )?mia password\b|\b(?:mudaram"
    r"|trocaram) "
    r"(?:a )?minha senha\b",
    r"\bhacke\w*|\bjackea\w*|\bme (?:han )?roba\w+|\brobad[oa]s?\b|\bestaf\w*|\bfraude\w*|"
    r"\bfiltra\w+ "
    r"de datos\b|\balguien\b.*\b(?:entro|accedio|entrado|usando|sesion)\b|\bsuplanta\w*",
    r"\bpirat(?:e|ee|es|age)\b|\bvolee?s?\b|\bvol d identite\b|\bfraudu?\w*|\barnaqu\w*|"
    r"\bescroqu\w*|"
    r"\bfuite de donnees\b|\bquelqu'un\b.*\b(?:connecte|acces|utilise)\b|\busurp\w*",
    r"\bhackerat\w*|\brubat\w*|\bfrod[ei]\b|\btruff\w*|\bviolazione dei dati\b|\bviolat[oaie]\b|"
    r"\bqualcuno\b.*\b(?:"
    r"entrato|accesso|usando)\b",
    r"\bhackead\w*|\binvadi\w*|\broubad\w*|\broubaram\b|\bgolpe\b|\bvazamento de dados\b|"
    r"\balguem\b.*\b(?:entrou|acessou|usando)\b",
    r"\bdatalek\b|\bgestolen\b|\boplicht\w*|\bingebroken\b|\biemand\b.*\b(?:ingelogd|toegang)\b",
    r"\bzhakowan\w*|\bwlama\w*|\bskradzion\w*|\boszust\w*|\bwyciek danych\b|"
    r"\bktos\b.*\bzalogowa\w*",
    r"ハッキング|乗っ取|不正アクセス|盗まれ|詐欺|被盗|黑客|诈骗|взлома|украли|мошенни|اختراق"
    r"|احتيال",
)

LEGAL = (
    r"\b\w*anwalt\w*|\banwalte\b|\b\w*anwaltin\b|\bverklag\w*|\b(?:vor|zum) gericht\b|"
    r"\brechtliche\w* (?:schritte|mittel)\b|\brechtsweg\b|\banzeige (?:erstatten|gegen)\b|"
    r"\bdatenschutzbehorde\b|\bschadens?ersatz\b|\brechtswidrig\b",
    r"\babogad[oa]s?\b|\bdemand(?:a|ar|are|arlos|arles|aremos)\b|\bjuicio\b|\btribunal\w*|"
    r"\bdenunci\w*|\bacciones legales\b|\bproteccion de datos\b|\bilegal\b",
    r"\bavocate?s?\b|\bporter plainte\b|\bplainte\b|\btribunal\b|\bpoursui\w+ (?:en justice|"
    r"judiciaire\w*)|\ben justice\b|\bmise en demeure\b|\billegal\w*|\bcnil\b",
    r"\bavvocat[oi]\b|\bquerel\w*|\bvie legali\b|\bcausa legale\b|\btribunale\b|\bfar(?:o|e) "
    r"causa\b",
    r"\badvogad[oa]s?\b|\bprocessar (?:voces|a empresa)\b|\bprocesso judicial\b|\bprocon\b|"
    r"\bna justica\b",
    r"\badvoca(?:at|ten)\b|\brechtszaak\b|\baanklagen\b|\bjuridische stappen\b|\bnaar de rechter\b",
    r"\bprawnik\w*|\badwokat\w*|\bpozew\b|\bpozwe\b|\bdo sadu\b|\brodo\b",
    r"弁護士|訴え|裁判|律师|起诉|法院|адвокат|в суд|юрист|محامي|محكمة",
)

BILLING = (
    r"\b(?:zweimal|doppelt|zwei mal|mehrfach|zu viel|zuviel|falsch|unberechtigt) (?:\w+ ){0,3}?(?:"
    r"abgebucht|berechnet|belastet|bezahlt|kassiert|abgezogen)\b|\b(?:abgebucht|berechnet|"
    r"belastet) "
    r"(?:\w+ ){0,3}?(?:doppelt|zweimal|falsch)\b|\bgeld (?:zuruck|wieder)\b|\brechnung (?:\w+ )?(?:"
    r"falsch|stimmt nicht|nicht korrekt|zu hoch)\b|\b(?:ohne|trotz) (?:\w+ )?(?:zustimmung|"
    r"kundigung) (?:\w+ )?abgebucht\b|\bruckbuch\w*|\bzahle (?:\w+ )?nicht\b",
    r"\bcobra\w* (?:\w+ ){0,2}?(?:dos veces|doble|de mas|sin)\b|\bcobro (?:\w+ )?(?:indebido|doble|"
    r"duplicado)\b|\bdevuel\w+ (?:\w+ )?dinero\b|\breembols\w*|\bfactura (?:\w+ )?(?:incorrecta|"
    r"erronea|equivocada|mal)\b",
    r"\b(?:factur|debit|prelev|pay)\w* (?:\w+ ){0,2}?(?:deux fois|en double|a tort|sans)\b|"
    r"\brembours\w*|\bfacture (?:\w+ )?(?:fausse|incorrecte|erronee)\b|\bdouble (?:prelevement|"
    r"facturation)\b",
    r"\baddebit\w* (?:\w+ ){0,2}?(?:due volte|doppio)\b|\brimbors\w*|\bfattura (?:\w+ "
    r")?(?:sbagliata|"
    r"errata)\b",
    r"\bcobr\w* (?:\w+ ){0,2}?(?:duas vezes|em dobro|indevid\w*)\b|\bestorno\b|\bcobranca "
    r"indevida\b|"
    r"\bmeu dinheiro de volta\b",
    r"\b(?:dubbel|twee keer|tweemaal) (?:\w+ ){0,2}?(?:afgeschreven|betaald|gefactureerd)\b|\bgeld "
    r"terug\b|\bfactuur (?:\w+ )?(?:klopt niet|onjuist)\b",
    r"\b(?:dwa razy|podwojnie|dwukrotnie) (?:\w+ ){0,2}?(?:obciaz\w*|pobra\w*|zaplac\w*)\b|"
    r"\bzwrot\w* "
    r"pieniedzy\b|\boddajcie\b",
    r"二重請求|返金|重复扣款|退款|верните деньги|списали дважды|استرداد",
)

OUTAGE = (
    r"\bnicht (?:mehr )?erreichbar\b|\bausgefallen\b|\btotalausfall\b|\bstorung\b|\babgesturzt\b|"
    r"\b(?:nichts|gar nichts) (?:geht|funktioniert|ladt)\b|\b(?:geht|funktioniert) (?:gar "
    r")?nichts\b|"
    r"\b(?:keiner|niemand) (?:\w+ )?kann\b|\balles (?:\w+ )?(?:down|offline|kaputt)\b",
    r"\b(?:esta|estan|se ha) (?:\w+ )?caid[oa]s?\b|\bse cayo\b|\bnada funciona\b|\bno funciona "
    r"(?:nada|"
    r"para nadie)\b|\bnadie puede\b|\bfuera de servicio\b",
    r"\ben panne\b|\bhors (?:service|ligne)\b|\bmarche plus\b|\bpersonne ne peut\b|\bplus rien "
    r"ne\b|"
    r"\b(?:inaccessible|indisponible|injoignable)s?\b",
    r"\bnon funziona (?:piu )?(?:niente|nulla)\b|\bnessuno (?:puo|riesce)\b|\bfuori servizio\b|"
    r"\birraggiungibile\b",
    r"\bfora do ar\b|\bninguem consegue\b|\bnada funciona\b|\bindisponivel\b",
    r"\bligt (?:\w+ )?(?:plat|eruit)\b|\bstoring\b|\bniemand kan\b|\bniets werkt\b|"
    r"\bonbereikbaar\b",
    r"\bnic nie dziala\b|\bnikt nie moze\b|\bawari\w*|\bniedostepn\w*",
    r"障害が|繋がらない|ダウンして|无法访问|宕机|не работает сайт|сервис недоступен|معطل",
)
