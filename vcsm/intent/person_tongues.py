"""How people ask for a human in languages other than English. Data for `person`.

For each language: verbs of talking and of passing on; words for people, which may mean anybody and
so need such a verb near them; words that hardly mean anything else; and whole phrases ("call me
back"). They are written with accents, which `person` takes off on both sides.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: alternatives of a regular expression, each made of whole words."""

    talk: str
    people: str
    firm: str
    """Enough as the whole message, or beside a wish or a verb."""
    wish: str
    phrases: str


TONGUES = (
    Tongue(  # German
        talk=r"sprechen|spreche|reden|rede|telefonier\w+|chatten|verbind\w+|weiterleit\w+|leiten"
        r"|durchstell\w+|stellen|kontakt\w*|erreich\w+|unterhalten|holen|hol|geben|gib|schreiben",
        people=r"menschen?|person|mitarbeiter\w*|kolleg\w+|berater\w*|jemand\w*|support\w*"
        r"|kundendienst|kundenservice|ansprechpartner\w*|chef\w*|vorgesetzte\w*|betreuer\w*"
        r"|verantwortliche\w*|experten?|zuständige\w*|euch|leute|team|sachbearbeiter\w*",
        firm=r"(?:echte\w*|richtige\w*|lebende\w*|menschliche\w*) \w+|ansprechpartner\w*|mensch"
        r"|kundenservice|kundendienst|mitarbeiter|berater|sachbearbeiter",
        wish=r"will|möchte|mochte|brauche|brauch|bitte|hätte|wünsche|verlange|gibt es|lieber|kein"
        r"|keinen|statt",
        phrases=r"(?:ruf|rufen|ruft) (?:sie |ihr )?(?:mich|uns)(?: \w+){0,4}? (?:an|zurück)"
        r"|um (?:einen )?rückruf|rückruf bitte|bitte um rückruf|zurückgerufen werden"
        r"|keine[nm]? (?:chat)?bot|nicht mit (?:einem|einer|dem|der) (?:bot|maschine|roboter|ki)"
        r"|(?:ist|gibt es) (?:da |dort |hier |bei ihnen )?(?:jemand|wer)(?: \w+)?(?: da| "
        r"erreichbar)?$"
        r"|mit wem kann ich|(?:wen|wem) kann ich|(?:jemand|wer) (?:bei )?(?:mir|mich|uns)"
        r"(?: \w+)? (?:melde\w*|anruf\w*|zurückruf\w*|kontaktier\w*)"
        r"|sich (?:jemand|wer) (?:\w+ ){0,3}?meld\w+"
        r"|(?:mich|uns) (?:\w+ )?(?:jemand|wer)(?: \w+){0,3}? (?:an|zurück)rufen",
    ),
    Tongue(  # French
        talk=r"parler|parle|discuter|échanger|contacter|joindre|passez|passer|transfér\w+|appeler"
        r"|mettez|mettre|connect\w+|dialoguer|redirig\w+|orient\w+|adresser",
        people=r"humain\w*|personne|quelqu'un|conseill\w+|agents?|opérat\w+|support|responsable"
        r"|interlocut\w+|collègue|collaborat\w+|employée?s?|technicien\w*|équipe|gestionnaire",
        firm=r"(?:vraie?|véritable) \w+|\w+ (?:humaine?|réelle)|humain|conseill\w+|service client"
        r"|interlocut\w+|opérat\w+",
        wish=r"veux|voudrais|souhaite\w*|aimerais|besoin|puis-je|peux|peut|svp|plaît|faut|exige"
        r"|préfère|plutôt|donnez",
        phrases=r"(?:me|nous) (?:rappel|appel|contact)\w+|rappelez|appelez-moi|pas (?:à |avec )?"
        r"(?:un |le |votre )?(?:robot|bot|machine|chatbot)|y a-t-il quelqu'un|quelqu'un (?:peut|"
        r"pourrait)|être rappelée?|à qui (?:puis-je|je peux) (?:parler|m'adresser)",
    ),
    Tongue(  # Spanish
        talk=r"hablar|hable|comuni\w+|contactar\w*|conect\w+|pás\w+|pas\w+|póng\w+|chatear"
        r"|atiend\w+|atender|transf\w+|llam\w+|deriv\w+|ayud\w+ (?:un|una|alguien)|tratar\w*"
        r"|hablando|comunicación",
        people=r"personas?|human[oa]s?|agentes?|alguien|representantes?|asesor\w*|operador\w*"
        r"|soporte|ejecutiv[oa]s?|encargad[oa]|supervisor\w*|gerente|compañer[oa]|empleado"
        r"|técnico|equipo|atención al cliente",
        firm=r"(?:persona|agente|humano|asesor|alguien|ser) (?:de verdad|real|humano|humana)|humano"
        r"|agente|asesor\w*|operador\w*|atención al cliente|servicio al cliente",
        wish=r"quiero|quisiera|necesito|prefiero|deseo|me gustaría|puedo|pueden?|podría\w*|favor"
        r"|exijo|dame|deme|hay",
        phrases=r"(?:me (?:llame|llamen|llaman|devuelv\w+ la llamada)|llámenme|llámame)"
        r"|no (?:con )?(?:un |el |una )?(?:bot|robot|máquina|chatbot)|hay alguien"
        r"|con quién puedo hablar|ayuda humana",
    ),
    Tongue(  # Italian
        talk=r"parlare|parlo|comunicare|contattare|pass\w+|metter\w+|colleg\w+|trasfer\w+|chiam\w+"
        r"|richiam\w+|discutere|chattare|sentire|rispond\w+",
        people=r"persona|persone|uman[oi]|operator\w+|qualcuno|addett[oi]|assistenza|consulent\w+"
        r"|responsabile|collega|impiegat[oa]|tecnico|esperto|agente|essere umano|referente",
        firm=r"(?:persona|operatore|essere|agente|assistente) (?:vera|vero|reale|uman[oa]|in carne)"
        r"|(?:vera|vero) \w+|umano|operatore|servizio clienti|assistenza clienti|consulente",
        wish=r"voglio|vorrei|preferisco|preferirei|bisogno|posso|potete|potrebbe|favore|cerco"
        r"|desidero|c'è|mi serve|pretendo",
        phrases=r"(?:essere )?richiamat[oai]|(?:mi|ci) (?:richiam\w+|chiam\w+|telefon\w+)"
        r"|richiamatemi|chiamatemi|non (?:con |a )?(?:un |il |una )?(?:bot|robot|macchina|chatbot)"
        r"|c'è qualcuno|con chi (?:posso|potrei) parlare",
    ),
    Tongue(  # Portuguese
        talk=r"falar|fala|conversar|transf\w+|pass\w+|liga\w*|ligue|conect\w+|atend\w+|contactar"
        r"|contatar|encaminh\w+|chamar|chama",
        people=r"pessoas?|human[oa]s?|atendentes?|alguém|agentes?|suporte|operador\w*|gerente"
        r"|consultor\w*|funcionári[oa]|responsável|equipe|equipa|supervisor\w*|colega|especialista",
        firm=r"(?:pessoa|atendente|ser|agente|atendimento) (?:de verdade|real|human[oa])|humano"
        r"|atendente|operador\w*|atendimento humano",
        wish=r"quero|queria|gostaria|preciso|prefiro|posso|podem?|poderia\w*|favor|exijo|tem",
        phrases=r"me (?:lig\w+|telefon\w+|transfer(?:e|ir|em)|transfira\w*|retorn\w+)|(?:lig\w+"
        r"|telefonem) (?:pra|para) "
        r"(?:mim|nós)|não (?:com )?(?:um |o |uma )?(?:bot|robô|máquina|chatbot)|tem alguém"
        r"|há alguém|com quem (?:posso|eu posso|devo) falar|pode me ligar",
    ),
    Tongue(  # Dutch
        talk=r"spreken|spreek|praten|praat|chatten|doorverb\w+|verbind\w*|doorgeven|bellen|bereiken"
        r"|contact|terugbellen|overleggen|zet|aan de (?:lijn|telefoon)",
        people=r"mens|mensen|persoon|medewerker\w*|iemand|collega\w*|adviseur|klantenservice"
        r"|leidinggevende|manager|helpdesk|support|begeleider|jullie",
        firm=r"(?:echte?|levende?) \w+|klantenservice|medewerker|mens",
        wish=r"wil|graag|kan|mag|liever|nodig|alstublieft|alsjeblieft|wens|zou",
        phrases=r"(?:mij|me|ons) (?:\w+ )?(?:terug ?bellen|bellen|opbellen)|bel (?:mij|me|ons)"
        r"|terugbelverzoek|geen (?:chat)?(?:bot|robot|machine)|is er iemand|(?:met )?wie kan ik",
    ),
    Tongue(  # Polish
        talk=r"rozmaw\w+|porozmaw\w+|pogada\w+|mówić|połącz\w*|przełącz\w*|skontakt\w+|zadzwon\w*"
        r"|przekier\w+|kontakt\w*|oddzwon\w*|przekaz\w+",
        people=r"człowiek\w*|konsultant\w*|kimś|ktoś|osob\w+|pracownik\w*|agent\w*|doradc\w+"
        r"|obsług\w+|kierownik\w*|menedżer\w*|wsparci\w+|przełożon\w+",
        firm=r"(?:żyw\w+|prawdziw\w+) \w+|człowiek\w*|konsultant\w*|biuro obsługi",
        wish=r"chcę|chciał\w*|proszę|potrzebuję|mogę|można|wolę|poproszę|żądam|czy",
        phrases=r"proszę o (?:telefon|kontakt)|(?:zadzwoń|oddzwoń|zadzwońcie|oddzwońcie)"
        r"|nie (?:z )?(?:botem|robotem|bota|maszyną)|czy jest tam ktoś|z kim mogę",
    ),
    Tongue(  # Swedish, Danish, Norwegian
        talk=r"prata|tala|snacka|koppla|chatta|ringa|ring|nå|kontakta|tale|snakke|snak|stille|"
        r"viderestill\w*|sett|sætte|kontakte|chatte|få|ringe|møte|overfør\w*|komme i kontakt",
        people=r"människa|mänsklig|person|någon|kundtjänst|handläggare|medarbetare|personal|kollega"
        r"|chef|rådgivare|support|menneske|medarbejder\w*|nogen|kundeservice|rådgiver|ansatt"
        r"|medarbeider|noen|kundebehandler|sjef|leder|konsulent",
        firm=r"(?:riktig|verklig|levande|rigtigt?|levende|ekte|virkelig) \w+|människa|menneske"
        r"|kundtjänst|kundeservice|medarbetare|medarbejder|handläggare",
        wish=r"vill|vil|skulle|kan|får|behöver|tack|gerne|gjerne|ønsker|har brug for|trenger|må|mag"
        r"|önskar|hellre|hellere|heller|takk|venligst",
        phrases=r"ring(?:e|a)?(?: gärna| gerne| gjerne)? (?:upp )?(?:mig|meg|oss|os)(?: upp| "
        r"tilbake"
        r"| tilbage)?|ringa upp|ring(?:e|er) tilbak?ge?|(?:inte|ikke|ingen) (?:med |en |et )*"
        r"(?:bot|robot|maskin\w*)|finns det någon|er der nogen|er det noen|bli uppringd"
        r"|(?:hvem|vem) kan (?:jeg|jag) (?:ring\w+|kontakt\w+|snakke|prata|tala|tale)",
    ),
    Tongue(  # Turkish
        talk=r"görüş\w*|konuş\w*|bağla\w*|aktar\w*|ulaş\w*|iletiş\w*|yönlendir\w*|sohbet",
        people=r"insan\w*|kişi\w*|temsilci\w*|biri\w*|yetkili\w*|müşteri hizmet\w*|operatör\w*"
        r"|çalışan\w*|danışman\w*|destek\w*|müdür\w*|birisi\w*|ekib\w*|ekip\w*",
        firm=r"(?:gerçek|canlı) \w+|müşteri (?:temsilcisi|hizmetleri)|temsilci|yetkili|insan",
        wish=r"istiyor\w*|istir\w*|lütfen|lazım|gerek\w*|var mı|mümkün|rica\w*|isterim",
        phrases=r"(?:beni|bizi) (?:\w+ )?ara\w*|geri ara\w*|bot(?:la)? değil|robot(?:la)? değil"
        r"|kimse (?:var|yok) m[ıu]",
    ),
    Tongue(  # Russian and Ukrainian
        talk=r"поговор\w*|говор\w+|соедин\w*|позов\w*|свяж\w*|связ\w*|перевед\w*|переключ\w*"
        r"|общ\w+|пообщ\w*|подключ\w*|дай\w*|з'єдн\w*|поклич\w*|поспілк\w*|розмов\w*|перемк\w*",
        people=r"человек\w*|людьми|людина|людин\w*|оператор\w*|менеджер\w*|кем-то|кем-нибудь"
        r"|кто-нибудь|сотрудник\w*|специалист\w*|консультант\w*|поддержк\w*|начальник\w*|живым"
        r"|живого|представител\w*|кимось|підтримк\w*|руководител\w*|кого-нибудь",
        firm=r"жив\w+ \w+|реальн\w+ \w+|оператор\w*|человек|консультант\w*|служб\w+ поддержк\w+",
        wish=r"хочу|хотел\w*|хотелось|нужен|нужно|можно|могу|мне|пожалуйста|требую|прошу|потрібен"
        r"|потрібно|треба|надо|есть",
        phrases=r"(?:перезвон\w*|позвон\w*|зателефонуйте|передзвоніть)|не (?:с )?(?:бот\w*"
        r"|робот\w*|машин\w*)|есть (?:тут |там )?(?:кто-нибудь|кто живой|живые)",
    ),
    Tongue(  # Czech and Slovak
        talk=r"mluvit|promluvit|hovořit|hovoriť|spojit|spojte|spojiť|přepoj\w+|prepoj\w+|zavol\w+"
        r"|kontakt\w*|porozprávať",
        people=r"člověk\w*|lidmi|někým|niekým|človek\w*|operátor\w*|pracovník\w*|zaměstnanc\w+"
        r"|osob\w+|podpor\w+|poradc\w+|vedoucím",
        firm=r"(?:živ\w+|skutečn\w+|opravdov\w+) \w+|operátor\w*|člověk|zákaznick\w+ (?:linka"
        r"|podpora)",
        wish=r"chci|chtěl\w*|chcem|potřebuj\w*|mohu|můžu|můžete|prosím|můžem",
        phrases=r"zavol(?:ejte|ajte) mi|ne (?:s )?(?:bot\w*|robot\w*)|je tam někdo",
    ),
    Tongue(  # Romanian
        talk=r"vorb\w+|discut\w*|contact\w*|transfer\w*|conect\w*|sun\w+|pune\w*|leg\w+",
        people=r"om|oameni|cineva|operator\w*|agent\w*|persoan\w+|angajat\w*|coleg\w*|consultant\w*"
        r"|responsabil\w*|suport\w*",
        firm=r"(?:om|persoană|operator) (?:real\w*|uman\w*|adevărat\w*|viu)|operator\w*",
        wish=r"vreau|aș vrea|doresc|pot|puteți|rog|am nevoie|prefer",
        phrases=r"sunați-mă|mă (?:puteți )?(?:suna|contacta)|nu (?:cu )?(?:un )?(?:bot|robot)",
    ),
    Tongue(  # Finnish
        talk=r"puhua|puhu\w*|jutella|keskustel\w*|yhdist\w*|soitta\w*|yhtey\w+",
        people=r"ihmi\w+|henkilö\w*|jonkun|joku|asiakaspalvelu\w*|asiakaspalvelija\w*|työntekij\w+"
        r"|edustaj\w+|esimie\w+|tuke\w+",
        firm=r"(?:oikea\w*|elävä\w*) \w+|asiakaspalvelu\w*|ihminen",
        wish=r"haluan|haluaisin|voinko|voisinko|tarvitsen|kiitos|saanko|voisiko|voiko",
        phrases=r"soittakaa minulle|soita minulle|ei botti\w*|ei robot\w*|onko siellä ket\w+",
    ),
    Tongue(  # Indonesian and Malay
        talk=r"bicara|berbicara|ngobrol|hubung\w*|sambung\w*|menghubungi|bercakap",
        people=r"orang|manusia|petugas|staf|agen|operator|cs|customer service|seseorang|pegawai"
        r"|karyawan|admin|atasan",
        firm=r"(?:orang|manusia|agen) (?:asli|sungguhan|nyata|beneran)|manusia|layanan pelanggan",
        wish=r"mau|ingin|bisa|tolong|butuh|perlu|boleh|minta|nak",
        phrases=r"(?:telepon|hubungi|telpon) saya|bukan (?:bot|robot|mesin)|ada orang",
    ),
    Tongue(  # Vietnamese
        talk=r"nói chuyện|gặp|kết nối|liên hệ|trao đổi|gọi",
        people=r"người|nhân viên|tư vấn viên|tổng đài|quản lý|ai đó",
        firm=r"người thật|nhân viên|tổng đài viên",
        wish=r"muốn|cần|xin|vui lòng|cho tôi|có thể",
        phrases=r"gọi (?:lại )?cho tôi|không phải (?:bot|robot)",
    ),
    Tongue(  # Hindi in Latin letters
        talk=r"baat|baatcheet|milao|milwa\w*",
        people=r"insaan|insan|aadmi|admi|kisi|executive|agent|manager|vyakti|banda|bande|customer"
        r"|team|support",
        firm=r"(?:asli|real) (?:insaan|insan|aadmi|admi|banda)|customer care|insaan",
        wish=r"chahiye|karni|karna|karwao|karao|karva\w*|kara\w*|dijiye|hai kya|sakta",
        phrases=r"mujhe call|call (?:karo|kare|karein|kijiye)|(?:bot|robot) (?:se )?nahi",
    ),
)

UNSPACED = (
    # Japanese and Chinese: no spaces between words.
    r"(?:人間|人|担当者?|オペレーター|スタッフ|責任者|係の方|上司|サポート|生身|有人).{0,12}?"
    r"(?:話|つな|繋|代わ|替わ|かわ|お願い|相談|対応|連絡|出して|呼ん|いますか)",
    r"(?:折り返し|電話).{0,6}?(?:ください|下さい|お願い|ほしい|欲しい|もらえ)|有人(?:対応"
    r"|チャット)",
    r"(?:ボット|ロボット|機械|AI).{0,6}?(?:じゃなく|ではなく|でなく|嫌|いや)|話せる人"
    r"|誰か.{0,6}(?:いますか|話)",
    r"人工(?:客服|服务|服務|坐席|台)?|真人|活人|客服(?:人员|專員|专员|代表)|转(?:接)?(?:人"
    r"|客服)|轉(?:接)?(?:人|客服|真)",
    r"(?:找|跟|和|与|與|联系|聯繫|叫|换|換).{0,6}?(?:经理|經理|主管|负责人|負責人|你们的人|同事"
    r"|客服|专人|工作人员|人)"
    r".{0,4}?(?:说|聊|谈|談|讲|講|來|来|处理|處理|沟通|吗|嗎|$)",
    r"(?:给|給)我(?:回|打).{0,3}?(?:电话|電話)|回电|回電|不要.{0,3}(?:机器人|機器人)",
    # Korean
    r"(?:상담원|상담사|사람|직원|담당자|매니저|책임자).{0,10}?(?:연결|통화|대화|이야기|얘기"
    r"|말하|바꿔|불러|부탁|있나요|상담)",
    r"(?:전화|연락).{0,6}?(?:주세요|부탁|해줘|바랍니다)|(?:봇|로봇|기계).{0,4}?(?:말고|아니|싫)",
    # Arabic, Persian
    r"(?:التحدث|اتحدث|أتحدث|اتكلم|أتكلم|الكلام|التكلم|تواصل|التواصل|حولني|حولوني|وصلني|أكلم"
    r"|اكلم|كلم)"
    r".{0,16}?(?:شخص|موظف|إنسان|انسان|بشر|وكيل|ممثل|أحد|احد|مدير|خدمة العملاء|مسؤول|الدعم|حد)",
    r"(?:اتصلوا|اتصل) بي|خدمة العملاء|(?:شخص|إنسان|موظف) حقيقي|صحبت با (?:یک )?(?:انسان|اپراتور"
    r"|نفر)",
    # Hindi
    r"(?:इंसान|आदमी|व्यक्ति|किसी|एजेंट|अधिकारी|कर्मचारी|मैनेजर).{0,14}?(?:बात|जोड़|कनेक्ट"
    r"|संपर्क|बुला)|मुझे (?:कॉल|फोन|फ़ोन)",
    # Thai, Hebrew, Greek
    r"(?:คุย|ติดต่อ|พูด|สนทนา|โอนสาย).{0,12}?(?:เจ้าหน้าที่|คน|พนักงาน|มนุษย์)|ขอสาย",
    r"(?:לדבר|לשוחח|תעבירו אותי|תחברו אותי).{0,14}?(?:אדם|נציג|מישהו|בן אדם|אנושי|מנהל)|נציג "
    r"אנושי|תתקשרו אליי",
    r"(?:μιλήσω|μιλησω|συνδέστε|συνδεσε|επικοινωνήσω).{0,20}?(?:άνθρωπο|εκπρόσωπο|κάποιον"
    r"|υπάλληλο|σύμβουλο)"
    r"|καλέστε με|πάρτε με τηλέφωνο",
)
