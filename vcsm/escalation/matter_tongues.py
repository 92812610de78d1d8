"""The patterns of `matters` in other languages: words that are used for little else. Data.

The encoder reads English, so other languages rely on these and `vcsm.core.language` alone. Latin
letters are lower case and without accents (`ł` is `l`, `ß` is `ss`). Other scripts are written as
they are, since `matters` removes the marks from both text and pattern.
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
    r"\bsjalvmord\w*|\bta livet av mig\b|\bvill inte leva\b|\bselvmord\w*|\bintihar\w*|\bkendimi "
    r"oldur\w*",
    r"자살|죽고 싶|殺され|殺害|умереть хочу|хочу умереть",
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
    r"\b(?:hackad|hacket|hackede|kapat|kapet)\b|\bn[ao]go?n (?:annen |annan |anden )?(?:\w+ ){0,3}?"
    r"(?:loggat|logget|kommit|kommet) in\w*\b|\bhacklen\w*|\bhesab\w* (?:calin\w*|ele gec\w*)",
    r"\b(?:een )?(?:vreemde|onbekende)\b.*\b(?:account|ingelogd|systeem)\b|\bqualcuno\b.*\bcambiat"
    r"\w* (?:\w+ ){0,3}?(?:password|dati|accesso)\b",
    r"해킹|도용|계정.{0,6}(?:털|뺏)|泄露|чужои .{0,12}(?:аккаунт|вход)",
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
    r"\badvokat\w*|\bstamma er\b|\bavukat\w*|\bdava ac\w*|\bgiudice\b|\bjuge\b|\bjuez\b|\bproces"
    r"so contra\b|\babrir um processo\b",
    r"변호사|고소|소송|法的|投诉到|подам на вас",
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
    r"\brechnung\b(?: \w+){0,2}? stimmt (?:\w+ ){1,4}?nicht\b|\b(?:sigo|seguimos) pagando\b|\bno "
    r"reconozco (?:\w+ ){0,2}?(?:cargo|cobro|pago)\b|\b(?:cobra\w*|cargo)\b(?: \w+){0,4}? (?:de "
    r"mas|"
    r"equivocad\w*|incorrect\w*|por error|sin (?:avisar|permiso|autoriza\w*))\b",
    r"\b(?:montant|prelevement|facture)\b(?: [\w']+){0,4}? (?:errone\w*|incorrect\w*|trop elevee?|"
    r"injustifiee?|n'est pas (?:celui|la|le|bon\w*|correct\w*))\b|\brendez-moi (?:mon|l') "
    r"?argent\b",
    r"\b(?:addebit\w*|fattur\w*)\b(?: \w+){0,3}? (?:sbagliat\w*|errat\w*|troppo|senza)\b|\bsoldi "
    r"indietro\b|\bcobra\w*\b(?: \w+){0,5}? (?:errad\w*|a mais|cancel\w*|sem autoriza\w*)\b",
    r"\b(?:factuur|rekening|bedrag)\b(?: \w+){0,3}? (?:klopt \w* ?niet|verkeerd|fout|te hoog)\b|"
    r"\b(?:pobra\w*|obciaz\w*|zaplac\w*)\b(?: \w+){0,3}? (?:dwa razy|podwojnie|dwukrotnie)\b",
    r"\b(?:dragit|debitera\w*|trukket|belast\w*|opkraevet)\b(?: \w+){0,3}? (?:dubbelt|dobbelt|tva "
    r"ganger|to gange\w*|fel\w*|feil|forkert)\b|\bpengarna tillbaka\b|\bpengene (?:mine )?"
    r"(?:tilbake|tilbage)\b|\bparami(?:zi)? (?:geri|iade)\b|\biki (?:kez|kere|defa) (?:cek|tahsil|"
    r"ode)\w*|\bpara iadesi\b",
    r"二重.{0,4}(?:請求|引き落と|決済)|請求.{0,8}(?:間違|違い|おかし)|多扣|扣了两次|重复(?:收费"
    r"|扣费)|退钱|"
    r"환불|이중 ?결제|중복 ?결제|두 번 (?:결제|청구)|결제가 두 번|(?:списали|сняли).{0,12}(?:два "
    r"раза|дважды"
    r"|лишн)|верните .{0,6}деньги",
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
    r"\b(?:geht|funktioniert|lauft)(?: \w+){0,5}? nichts mehr\b|\b(?:keiner|niemand)(?: \w+){0,3}? "
    r"(?:kommt|schafft)\b|\bsteht alles still\b|\b(?:sistema|sitio|servicio|plataforma)\b"
    r"(?: \w+){0,3}? no (?:carga|responde|abre|funciona)\b|\bno podemos (?:entrar|acceder"
    r"|trabajar)\b",
    r"\b(?:site|service|systeme|plateforme|serveur)\b(?: \w+){0,3}? (?:tombee?|plantee?"
    r"|bloquee?)\b|"
    r"\bpersonne n'arrive\b|\bon ne peut plus (?:travailler|rien)\b|\bnon riusciamo (?:\w+ ){0,2}?"
    r"(?:accedere|entrare|lavorare)\b|\b(?:sistema|sito|servizio|server)\b(?: \w+){0,3}? (?:fermo|"
    r"bloccato|giu|offline|caiu|travou|parou|fora)\b|\bnao conseguimos (?:entrar|acessar"
    r"|trabalhar)\b",
    r"\bniets (?:werkt|doet het)\b|\bwerkt (?:\w+ ){0,3}?niets\b|\b(?:hele|iedereen)\b(?: "
    r"\w+){0,3}? "
    r"niet (?:inloggen|werken|erin)\b|\bsystem(?: \w+)? (?:lezy|padl|nie odpowiada)\b|\bnikt(?: "
    r"\w+){0,3}? nie moze\b",
    r"\b(?:ingenting|inget|intet) (?:fungerar|fungerer|virker)\b|\bligger nere\b|\b(?:alt|allt|"
    r"systemet|siden|sidan) (?:er|ar) nede?r?e?\b|\bingen (?:av|af) (?:oss|os)\b|\bhicbir sey "
    r"calismiyor\b|\bsistem (?:coktu|calismiyor)\b|\bsite acilmiyor\b",
    r"(?:全員|誰も).{0,12}(?:ない|ません)|サーバー.{0,4}落ち|システム.{0,4}(?:停止|止ま|落ち)"
    r"|(?:大家|所有人|"
    r"全公司).{0,8}(?:打不开|登不上|用不了|无法)|系统(?:崩溃|瘫痪)|网站(?:打不开|挂了)"
    r"|서버.{0,5}(?:다운|죽)|"
    r"아무도.{0,12}(?:못|없)|ничего не работает|(?:сайт|сервис|система) (?:не работает|упал|лежит)",
)
