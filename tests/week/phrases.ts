/**
 * What people write in the week of `transcript.jsonl`. `{a|b}` picks one of its parts. Every problem has five words or
 * more, so that none of them is "up to four words" by accident; the short ones stand in scenes of their own.
 */
export type Language = 'en' | 'de' | 'fr' | 'es' | 'pt' | 'ja' | 'it' | 'nl';
export type Area =
  | 'export'
  | 'import'
  | 'billing'
  | 'sso'
  | 'api'
  | 'dashboard'
  | 'mobile'
  | 'permissions'
  | 'notifications'
  | 'other';

export const PROBLEMS: Record<Language, [Area, string][]> = {
  en: [
    [
      'export',
      'Every export since {yesterday|this morning|the weekend} drops {a few rows|about 200 rows|the last page}. Can you have a look?',
    ],
    [
      'export',
      'The {PDF|Excel|CSV} export of the {sales|margin|headcount} report has been stuck at {99|90|12} % for {an hour|twenty minutes}',
    ],
    ['export', 'Umlauts in the CSV export come out as question marks again'],
    [
      'export',
      'scheduled export to our SFTP did not arrive {last night|this morning}, the one {before|on Friday} was fine',
    ],
    [
      'export',
      'Is there a limit on rows for the Excel export? We get exactly {65,536|50,000|10,000} and the dashboard says more',
    ],
    [
      'export',
      'Our finance lead exported the quarter and the totals differ from the screen by {14|312.40|2,118} €. Which one is right?',
    ],
    ['export', 'the export button is greyed out for me since the release, it still works for my colleague'],
    ['export', 'Getting "Export failed (code {E-114|E-203|17})" on anything longer than {30|90} days'],
    [
      'export',
      'Decimal separator in the export changed from comma to point overnight and that broke our upload to {DATEV|SAP|Sage}',
    ],
    [
      'export',
      'Hi, could we get the {store|cost centre|region} column into the weekly export? We add it by hand at the moment',
    ],
    [
      'import',
      'Import of the {product list|customer master|price list} stops at row {1,204|311|88} and does not say why',
    ],
    [
      'import',
      'We uploaded {stock.csv|prices_nov.xlsx|staff.csv} twice by mistake. How do we undo the second import?',
    ],
    [
      'import',
      'Dates come in as US format when we import, so the {3rd of November|4th of October} became {11 March|10 April}',
    ],
    ['import', 'is the importer slow today? {40|25} minutes for a file that usually takes two'],
    [
      'import',
      'The mapping we saved for the {supplier|payroll} import has disappeared, all columns are unmapped',
    ],
    [
      'import',
      'Import says "duplicate key" for {12|7|340} lines but the keys are unique on our side, I checked twice',
    ],
    [
      'import',
      'Leading zeros get cut off from our article numbers during import, so nothing matches any more',
    ],
    [
      'import',
      'Can the nightly import read from {an S3 bucket|a shared mailbox|Google Drive} instead of SFTP?',
    ],
    [
      'import',
      'We migrated {three|two} more stores and their history only goes back to {July|March}, can you backfill?',
    ],
    [
      'billing',
      'Our invoice for {October|November} shows {48|31|120} seats, we have {42|29|96}. Could you correct it please?',
    ],
    [
      'billing',
      'The VAT id on invoice {2026-1187|2026-1203|2026-0991} is still the old company, accounting refuses to book it',
    ],
    ['billing', 'We were charged twice on the {2nd|5th}, once by card and once by direct debit'],
    ['billing', 'Who do I talk to about moving from monthly to yearly billing?'],
    [
      'billing',
      'Please send invoices to {invoices@|ap@|accounts@}our domain from now on, {Karen|Tom|Ines} has left the company',
    ],
    ['billing', 'our card was declined and now I see a red banner that says read only in {3|5} days'],
    ['billing', 'Do deactivated users count as seats? The bill suggests they do'],
    ['billing', 'We need the PO number {4500183|77-2210|PO-9914} on the next invoice or it will bounce'],
    ['billing', 'The credit you promised us in {September|August} is not on this invoice either'],
    [
      'billing',
      'Can I get a quote for {20|50|15} extra seats by {Thursday|end of the week}? The board meets on Friday',
    ],
    [
      'sso',
      'SSO sends us in a loop since {yesterday|last night}, {Okta|Entra|OneLogin} says success and then we are back at the login page',
    ],
    ['sso', 'New joiners cannot log in with {Google|Microsoft}, they get "account not provisioned"'],
    ['sso', 'We rotate our SAML certificate on {Thursday|the 20th}. What do you need from us beforehand?'],
    [
      'sso',
      '{Jana|Miguel|Priscilla} changed her surname and e-mail, now she has two users and lost her saved views',
    ],
    ['sso', 'Two-factor code by SMS does not arrive on {Swiss|Portuguese|Polish} numbers'],
    ['sso', 'Session times out after {10|15} minutes since the update, people lose what they typed'],
    ['sso', 'SCIM stopped removing leavers, we still see {6|11} people who are gone since October'],
    ['sso', 'Password reset mails land in quarantine, could you tell us which sender address to allow?'],
    ['sso', 'I am locked out of the admin account and the other admin is on parental leave'],
    ['sso', 'Is it possible to enforce SSO for everybody except the two break-glass users?'],
    [
      'api',
      'GET /v2/{orders|stocks|events} returns 500 for about {one in ten|one in five} calls since {yesterday|the deploy}',
    ],
    ['api', 'We hit the rate limit although we only send {2|5} requests per second. Did the limit change?'],
    [
      'api',
      'Pagination on /{invoices|customers} repeats the last page for ever, the cursor never becomes null',
    ],
    ['api', 'webhooks for order.updated arrive {six|three} minutes late today'],
    ['api', 'The token of our {staging|production} app stopped working, "invalid_client", nobody touched it'],
    [
      'api',
      'the field {net_total|tax_code|updated_by} is missing from the API response although the docs list it',
    ],
    ['api', 'We get each webhook {twice|three times}, same id, a second apart'],
    ['api', 'Is there a sandbox where our {agency|integrator} can test without touching real data?'],
    [
      'api',
      'Your status page is green but we see timeouts from {Frankfurt|Dublin|our Azure region} for {ten|twenty} minutes now',
    ],
    ['api', 'how do I filter by more than one {tag|warehouse|status} in the API? The docs only show one'],
    ['dashboard', 'The {revenue|returns|utilisation} dashboard shows yesterday twice and today not at all'],
    ['dashboard', 'Filters reset whenever I go back from the detail page, that makes it hard to work with'],
    ['dashboard', 'Our CEO sees {0|n/a} in the margin tile, I see the number. Same dashboard, same filter'],
    [
      'dashboard',
      'dashboards take {40 seconds|more than a minute} to open {today|since yesterday}, everyone in the office complains',
    ],
    ['dashboard', 'The week in the {sales|planning} chart starts on Sunday now, we need Monday'],
    [
      'dashboard',
      'I deleted the wrong dashboard ({Ops weekly|Board pack}). Please tell me there is a bin somewhere',
    ],
    ['dashboard', 'the map tile stays grey in {Firefox|Edge}, Chrome is fine'],
    [
      'dashboard',
      'Colours of {plan and actual|this year and last year} swapped in every chart after the update',
    ],
    ['dashboard', 'How can I share one dashboard with our {auditor|board} without giving them a seat?'],
    ['dashboard', 'Currency conversion uses the rate of {1 October|last quarter} in all our charts'],
    ['dashboard', 'Numbers for {Lisbon|Hamburg|Leeds} are a day behind all the other sites'],
    ['dashboard', 'Could you add a rolling {13 week|12 month} average? We rebuild it in sheets each Monday'],
    ['mobile', 'The app closes right after the splash screen on {Android 16|iOS 26.1|my Pixel}'],
    [
      'mobile',
      'Barcode scanning in the app is very slow since version {7.2|7.2.1}, {four|five} seconds per item',
    ],
    [
      'mobile',
      'offline counts of {two|three} stores did not sync when they came back online, are they lost?',
    ],
    ['mobile', 'Push notifications reach iPhones but none of our Android people'],
    [
      'mobile',
      'On the tablet the save button sits behind the keyboard, our warehouse cannot close a {count|delivery}',
    ],
    ['mobile', 'Can we roll out the app through {Intune|Jamf}? IT asks for the package name'],
    ['mobile', 'photos attached in the app turn up sideways on the web'],
    [
      'permissions',
      '{Two|Three} interns can see salaries in the {HR|planning} space. Please treat this as urgent',
    ],
    [
      'permissions',
      'I cannot give {the new controller|our agency} access to only one region, it is all or nothing',
    ],
    ['permissions', 'As an admin I get "you are not allowed to do this" when I edit roles'],
    [
      'permissions',
      'The viewer role can press delete on {reports|templates} again, that was fixed in spring',
    ],
    [
      'permissions',
      'Could you check who changed the approval rule on {Friday|the 6th}? The log only says "system"',
    ],
    [
      'permissions',
      'our works council asks who can read individual performance data, do you have a document on that?',
    ],
    ['permissions', 'After {Lea|Bertrand} left, {14|30} reports have no owner and nobody can edit them'],
    ['notifications', 'We get the daily summary at {3 am|4 am} instead of 8, for {two|three} days now'],
    [
      'notifications',
      'Alerts for low stock stopped on {Friday|the 5th} and {two shops ran empty|we only noticed today}',
    ],
    ['notifications', 'I unsubscribed from the weekly mail {three|two} times and it keeps coming'],
    ['notifications', 'Each comment sends me a mail and a push and a Slack message. Where can I choose one?'],
    ['notifications', 'the reminder mails to our suppliers show your logo instead of ours'],
    [
      'notifications',
      'Some of the alert mails bounce with "DMARC fail", is something wrong with your sender?',
    ],
    ['notifications', 'Threshold alerts fire when the value is exactly at the limit, is that on purpose?'],
    ['other', 'Search does not find {order|ticket} {4711|88120|20931} although I am looking right at it'],
    ['other', 'After the upgrade all our saved searches are empty'],
    ['other', 'The time stamps in the audit log are one hour off since the clock change'],
    [
      'other',
      'Honestly this is the {third|fourth} time in {two weeks|a month} that planning is down on a Monday. I need to speak to someone who decides',
    ],
    ['other', 'We would like to try the forecasting add-on, whom should we ask?'],
    ['other', 'Your data processing agreement link on the site leads to a 404'],
    ['other', 'could someone explain the difference between archive and close for {projects|orders}?'],
    ['other', 'Our instance feels very slow from the {Porto|Singapore|Austin} office, the others are fine'],
    ['other', 'Is maintenance still planned for {Saturday|Sunday}? We have a stock take then'],
    [
      'other',
      'The {French|Dutch|Polish} translation of the checkout screen shows keys like checkout.total.label',
    ],
    ['other', 'We see orders of another company in our list!! Please call me right away'],
    ['other', 'Copying last year\'s plan into 2027 gives "unexpected error", request id {7f31c|a09be|d41d8}'],
    [
      'other',
      'The recurring task for month end was not created on the {1st|first} and we only found out today',
    ],
    ['other', 'Printing labels adds a blank page after each one since {yesterday|the last Chrome update}'],
    ['other', 'Two of us edited the same {order|plan} and the second save silently won. Is there a lock?'],
    ['other', 'Where do I see how much storage we use? The banner says {92|97} % full'],
    ['other', 'We have an audit next week and need the access log of {Q3|the last 12 months}'],
    ['other', 'The new editor eats line breaks in comments when we paste from Word'],
    [
      'export',
      'Since the change of template the exported file name no longer holds the date, our script picks up the wrong one',
    ],
    ['import', 'Our supplier changed the EDI format, what would it take to read the new one?'],
    [
      'api',
      'Would you mind raising our API quota for {Black Friday|the week of the 23rd}? We expect {four|ten} times the traffic',
    ],
    ['dashboard', 'Trend arrows point up when the value falls, a bit embarrassing in front of the board'],
    ['billing', 'Hello, we are a charity and were told there is a discount, how do we apply for it?'],
    ['mobile', "the driver app shows tomorrow's tour instead of today's for {two|all} of our vans"],
    ['permissions', 'Please remove {Olek|Dana|Sven} from everything today, HR matter, and confirm here'],
    [
      'notifications',
      'Slack notifications from you go to the old channel #ops-alerts, we renamed it and nothing arrives',
    ],
  ],
  de: [
    ['export', 'Guten Morgen, der CSV-Export von gestern Abend ist leer, die Datei hat 0 Byte'],
    [
      'export',
      'Beim Excel-Export fehlt seit {heute früh|gestern} die Spalte {Kostenstelle|Filiale|Warengruppe}',
    ],
    ['export', 'Der nächtliche DATEV-Export bricht mit Fehler {E-203|417} ab, könnt ihr bitte nachsehen?'],
    ['export', 'Kann man den Export auch automatisch am {Monatsersten|Freitagabend} verschicken lassen?'],
    ['import', 'Unser Artikelimport hängt seit {einer halben Stunde|heute Morgen} bei Zeile {2.318|917}'],
    ['import', 'Nach dem Import stehen alle Preise auf netto statt brutto, wir haben nichts umgestellt'],
    ['import', 'Wir haben aus Versehen die Liste vom Vorjahr eingespielt, wie machen wir das rückgängig?'],
    [
      'billing',
      'Auf der Rechnung {2026-1187|2026-1240} steht noch unsere alte Adresse, bitte einmal korrigieren',
    ],
    ['billing', 'Wir wurden im {Oktober|November} doppelt abgebucht, an wen wende ich mich da?'],
    ['billing', 'Wir möchten zum Jahreswechsel {zehn|fünf} Lizenzen kündigen, reicht eine Nachricht hier?'],
    ['billing', 'Die Buchhaltung braucht die Rechnungen als ZUGFeRD, geht das bei euch?'],
    [
      'sso',
      'Seit {heute früh|gestern Nachmittag} kommt niemand mehr über {Entra|Okta} rein, immer wieder Anmeldeseite',
    ],
    ['sso', 'Eine Kollegin bekommt keine Mail zum Zurücksetzen des Passworts, im Spam ist auch nichts'],
    ['sso', 'Neue Mitarbeiter landen nach dem Login in einem leeren Bereich ohne Rechte'],
    [
      'api',
      'Die Schnittstelle liefert seit {gestern|dem Update} sporadisch 502, betroffen ist nur /v2/{bestellungen|artikel}',
    ],
    ['api', 'Bei den Webhooks fehlt neuerdings die Signatur im Header, war das eine Umstellung von euch?'],
    ['api', 'Unser Dienstleister fragt, ob es eine Testumgebung mit Beispieldaten gibt'],
    ['dashboard', 'Das Umsatz-Dashboard zeigt für {Kiel|Graz|Basel} seit drei Tagen dieselben Werte'],
    ['dashboard', 'Die Kalenderwochen sind um eine verschoben, KW 46 heißt bei euch 45'],
    ['dashboard', 'Die Ladezeiten sind heute kaum zu ertragen, gut eine Minute pro Seite'],
    ['dashboard', 'Wie kann ich eine Kachel nur für die {Geschäftsführung|Filialleiter} sichtbar machen?'],
    ['mobile', 'Die App stürzt beim Scannen ab, wir haben {12|30} Leute in der Inventur stehen!'],
    ['mobile', 'Auf dem iPad wird die Unterschrift des Kunden nicht gespeichert'],
    ['permissions', 'Unser Steuerberater soll nur lesen dürfen, kann aber alles ändern'],
    ['permissions', 'Ich darf seit heute keine Benutzer mehr anlegen, obwohl ich Admin bin'],
    ['notifications', 'Die Bestandswarnungen kommen doppelt und teilweise mitten in der Nacht'],
    [
      'notifications',
      'Erinnerungsmails gehen noch an Frau {Petersen|Yilmaz}, die ist seit September nicht mehr bei uns',
    ],
    ['other', 'Die Suche findet keine Aufträge mit Umlauten mehr'],
    [
      'other',
      'Langsam wird es peinlich vor unseren eigenen Kunden, das ist der dritte Ausfall in diesem Monat',
    ],
    ['other', 'Wo sehe ich, wer den Auftrag {88120|90217} storniert hat?'],
    ['other', 'Gibt es schon einen Termin für das Modul Lieferantenbewertung?'],
    ['other', 'Beim Drucken der Lieferscheine wird die letzte Zeile abgeschnitten'],
  ],
  fr: [
    ['export', "Bonjour, l'export CSV {d'hier soir|de ce matin} ne contient que les en-têtes"],
    ['export', "Les accents sont remplacés par des points d'interrogation dans le fichier exporté"],
    ['import', "L'import des {prix|stocks} s'arrête à la ligne {1 204|318} sans message d'erreur"],
    ['billing', "Nous avons reçu deux fois la facture d'octobre, laquelle est la bonne ?"],
    ['billing', 'Pouvez-vous ajouter notre numéro de commande {FR-2210|BC-7741} sur la prochaine facture ?'],
    [
      'sso',
      "Depuis {ce matin|hier} la connexion par Google tourne en boucle pour toute l'équipe de {Lyon|Nantes}",
    ],
    ['sso', 'Une collègue a perdu son téléphone, comment désactiver la double authentification ?'],
    ['api', "L'API renvoie une erreur 429 alors que nous faisons très peu d'appels"],
    ['api', 'Les webhooks arrivent avec dix minutes de retard depuis {hier|vendredi}'],
    ['dashboard', "Le tableau de bord des ventes affiche des chiffres différents selon l'utilisateur"],
    ['dashboard', "Les pages mettent plus de trente secondes à s'ouvrir aujourd'hui"],
    ['mobile', "L'application se ferme toute seule dès qu'on scanne un code-barres"],
    ['permissions', "Un stagiaire voit les salaires de tout le service, c'est assez urgent"],
    ['notifications', 'Nos fournisseurs ne reçoivent plus les relances automatiques'],
    ['other', 'La recherche ne trouve plus les commandes de {2024|2025}'],
    ['other', 'Quand la nouvelle version du module planning sera-t-elle disponible ?'],
    ['other', "C'est la troisième fois ce mois-ci, je voudrais parler à un responsable"],
  ],
  es: [
    ['export', 'Hola, la exportación a Excel se queda en el {99|40} % y no termina nunca'],
    ['export', 'En el informe exportado faltan todas las filas de {Sevilla|Bilbao|Valencia}'],
    ['import', 'La importación de artículos falla con el mensaje «clave duplicada»'],
    ['billing', 'La factura de {octubre|noviembre} lleva el CIF antiguo, ¿la podéis corregir?'],
    ['billing', '¿A quién le escribo para cambiar la tarjeta de pago?'],
    ['sso', 'Nadie de la oficina de Madrid puede entrar desde {ayer|esta mañana}'],
    ['sso', 'El código de verificación por SMS no llega a varios compañeros'],
    ['api', 'La API devuelve error 500 en una de cada diez llamadas a /v2/{pedidos|clientes}'],
    ['api', '¿Se puede ampliar el límite de llamadas para la campaña de Navidad?'],
    ['dashboard', 'El panel de ventas muestra los datos de ayer como si fueran de hoy'],
    ['dashboard', 'Los gráficos tardan casi un minuto en cargar desde {ayer|esta mañana}'],
    ['mobile', 'La aplicación no sincroniza los recuentos hechos sin conexión'],
    ['permissions', 'Necesito que la gestoría solo vea las facturas, ahora lo ve todo'],
    ['notifications', 'Recibimos los avisos de stock tres veces seguidas'],
    ['other', 'Al duplicar el plan del año pasado sale un error inesperado'],
    ['other', 'Las etiquetas se imprimen con una página en blanco entre medias'],
  ],
  pt: [
    ['export', 'Bom dia, a exportação agendada não chegou ao nosso SFTP {hoje|esta noite}'],
    ['export', 'O ficheiro exportado traz as datas no formato americano'],
    ['import', 'A importação dos preços parou na linha {904|2.117} e não diz porquê'],
    ['billing', 'A fatura {2026-1090|2026-1131} tem utilizadores que já desativámos em setembro'],
    ['billing', 'Precisamos de uma proposta para mais {dez|vinte} licenças até sexta-feira'],
    ['sso', 'Ninguém da loja do Porto consegue entrar desde {hoje cedo|ontem à tarde}'],
    ['api', 'Os webhooks chegam em duplicado, com o mesmo identificador'],
    ['dashboard', 'O painel de vendas está com os números de {Braga|Lisboa} trocados'],
    ['dashboard', 'Está tudo muito lento hoje, quase um minuto por página'],
    ['mobile', 'A aplicação fecha sozinha nos tablets novos do armazém'],
    ['permissions', 'A nova contabilista não consegue ver os relatórios de custos'],
    ['notifications', 'Os alertas de rutura de stock deixaram de chegar na sexta'],
    ['other', 'Como posso recuperar um relatório que apaguei por engano?'],
  ],
  ja: [
    ['export', 'お世話になっております。昨日からCSVの出力が途中で止まってしまいます。ご確認いただけますか'],
    ['export', '出力したファイルの日本語が文字化けしています'],
    ['sso', '今朝から社員全員がログインできない状態です。至急ご対応をお願いいたします'],
    ['dashboard', '売上のグラフに大阪支店のデータが表示されません'],
    ['billing', '十月分の請求書の宛名が旧社名のままなので、修正をお願いできますでしょうか'],
    ['mobile', 'タブレットでバーコードを読み取るとアプリが落ちます'],
    ['import', '商品マスタの取り込みが途中の行で失敗します。原因を教えてください'],
    ['notifications', '在庫アラートのメールが二日前から届いていません'],
  ],
  it: [
    ['export', "Da {stamattina|ieri} l'esportazione in Excel perde le ultime righe"],
    ['billing', 'Ci è arrivata la fattura con la partita IVA sbagliata, potete correggerla?'],
    ['dashboard', 'La dashboard delle vendite non si aggiorna da due giorni'],
    ['sso', 'Tre colleghi non riescono più ad accedere con Microsoft'],
  ],
  nl: [
    ['import', 'De import van onze prijslijst stopt sinds {vanochtend|gisteren} halverwege'],
    ['api', 'We krijgen sinds een uur alleen maar time-outs van de API'],
    ['dashboard', 'Het dashboard toont voor {Utrecht|Gent} nog de cijfers van vorige week'],
  ],
};

/** What we ask back and what the customer then tells us, by area. */
export const PAIRS: Record<Area, [string, string[]][]> = {
  export: [
    [
      'Thanks for telling us. Which report is it, and could you paste the id of the export?',
      [
        'It is the weekly one, id ex_{88213|90114|77120}',
        'All of them as far as I can see, for example ex_{5521|8842|9034}',
      ],
    ],
    [
      'I see the job hanging on our side. Does it also happen with a shorter period?',
      ['With one week it goes through, with a month it does not', 'Same with a single day, just tried it'],
    ],
  ],
  import: [
    [
      'Could you send me the first 20 lines of the file?',
      [
        'Sure, I sent them to the support address just now',
        'I cannot share the real file but I can make one with dummy names',
      ],
    ],
    [
      'Looks like the header changed. Did anybody add a column lately?',
      [
        'Ah, our supplier added two columns last week, that could be it',
        'Nobody touched the template as far as I know',
      ],
    ],
  ],
  billing: [
    [
      'I have passed it to our billing desk. Which address should the corrected invoice go to?',
      [
        'The same as before, but please put my colleague in copy',
        'To the accounting mailbox please, they need it before the 20th',
      ],
    ],
    [
      'You are right, sorry. We will issue a credit note. Is the next invoice early enough for you?',
      [
        'We would rather have it this month because of our closing',
        'Next invoice is early enough for us as long as we have it in writing',
      ],
    ],
  ],
  sso: [
    [
      'Looking at the login logs. Is it everybody or only some of you?',
      [
        'Only people in the new group as far as I can tell',
        'Everybody in the office, people at home are fine',
      ],
    ],
    [
      'Can you try a private window and tell me what the address bar says?',
      [
        'Private window does the same, it ends at /auth/callback?error=state',
        'In a private window it works, so probably a cookie',
      ],
    ],
  ],
  api: [
    [
      'Could you give me a request id of a failing call?',
      [
        'Here is one: req_{9f27ac|03bd1e|c77a40}, there are many more',
        'I will add it to our logging, we do not keep it yet',
      ],
    ],
    [
      'We see it too and are rolling back a change. Do retries get through for you?',
      [
        'Second try usually works, but our nightly job does not retry',
        'No, they fail as well for the large account',
      ],
    ],
  ],
  dashboard: [
    [
      'Can you tell me the name of the dashboard and which filter is set?',
      [
        'It is the main one, filter on the current month and all sites',
        'No filter at all, I opened it from the start page',
      ],
    ],
    [
      'I have refreshed the cache for you. What does it show now?',
      [
        'Now the first tile is right and the second one is still old',
        'Better, but the total at the bottom does not match yet',
      ],
    ],
  ],
  mobile: [
    [
      'Which version does the app show under Settings > About?',
      ['It says 7.2.1 build 4410 on all of them', 'Some have 7.1 and some 7.2, the problem is on 7.2 only'],
    ],
    [
      'Does it help to log out and in again on one device?',
      [
        'Tried it on two devices, one recovered and the other did not',
        'It helps until the device goes to sleep',
      ],
    ],
  ],
  permissions: [
    [
      'Which role does that person have at the moment?',
      [
        'Custom role "{Regional|Finance} read", we made it in the summer',
        'Standard viewer plus the planning space',
      ],
    ],
    [
      'I have closed the gap on our side, could you check with one of the users?',
      [
        'Checked with one of them and the page is gone from her menu',
        'They still see it in search, the menu entry is gone',
      ],
    ],
  ],
  notifications: [
    [
      'Do you know roughly when the last one arrived?',
      ['The last one I have is from Thursday 7:58', 'My colleague got one on Friday, I did not'],
    ],
    [
      'Can you check whether the rule is still switched on for your team?',
      [
        'It is on, owner is a user that we deactivated',
        'Switched on, and I also see a little warning sign next to it',
      ],
    ],
  ],
  other: [
    [
      'Thanks, I can reproduce it. Since when do you see this?',
      ['First time I noticed was yesterday afternoon', 'Hard to say, at least since the last release'],
    ],
    [
      'Could you send a screenshot of the whole window?',
      [
        'I put one into the shared folder, second page',
        'Will record a short video as soon as I am back at my desk',
      ],
    ],
  ],
};

export const PAIRS_IN: Record<Exclude<Language, 'en'>, [string, string[]][]> = {
  de: [
    [
      'Danke für den Hinweis, ich schaue es mir an. Betrifft das alle oder nur einzelne?',
      ['Soweit ich sehe alle, auch die Kollegen in der Zentrale', 'Nur die mit der neuen Rolle, glaube ich'],
    ],
    [
      'Ich kann es nachstellen. Seit wann tritt es auf?',
      ['Aufgefallen ist es uns gestern Nachmittag', 'Schwer zu sagen, mindestens seit dem letzten Update'],
    ],
    [
      'Könnt ihr mir einen Screenshot schicken?',
      ['Liegt im gemeinsamen Ordner, zweite Seite', 'Mache ich gleich, sitze noch im Termin'],
    ],
  ],
  fr: [
    [
      'Merci pour le signalement, je regarde. Est-ce que tout le monde est concerné ?',
      ["Oui, toute l'équipe, même les administrateurs", 'Seulement les nouveaux comptes à ma connaissance'],
    ],
    [
      "Pouvez-vous m'envoyer une capture d'écran ?",
      ["Je vous l'ai envoyée par mail à l'instant", 'Je la fais dès que je suis à mon poste'],
    ],
  ],
  es: [
    [
      'Gracias por avisar, lo miro ahora. ¿Os pasa a todos?',
      ['A todos los de la oficina, los de casa entran bien', 'Solo a los usuarios nuevos, por lo que veo'],
    ],
    [
      '¿Me puedes mandar una captura de pantalla?',
      ['La he dejado en la carpeta compartida', 'Te la mando en cuanto salga de la reunión'],
    ],
  ],
  pt: [
    [
      'Obrigado pelo aviso, vou ver já. Acontece com toda a gente?',
      ['Com todos os da loja, no escritório está normal', 'Só com os utilizadores novos, pelo que vejo'],
    ],
    [
      'Pode enviar uma captura de ecrã?',
      ['Deixei na pasta partilhada, é a segunda página', 'Envio assim que sair da reunião'],
    ],
  ],
  ja: [
    [
      'ご連絡ありがとうございます。確認いたします。全員に起きていますか',
      ['東京の社員だけで、大阪では問題なく使えています', 'はい、管理者も含めて全員に起きております'],
    ],
  ],
  it: [
    [
      'Grazie della segnalazione, guardo subito. Succede a tutti?',
      ["A tutti quelli dell'ufficio di Milano", 'Solo agli utenti nuovi, per quanto vedo'],
    ],
  ],
  nl: [
    [
      'Bedankt voor het melden, ik kijk ernaar. Is het bij iedereen zo?',
      ['Ja, het hele kantoor heeft er last van', 'Alleen bij de nieuwe gebruikers voor zover ik zie'],
    ],
  ],
};

/** What we say when something was broken. */
export const FIXES: Record<Language, string[]> = {
  en: [
    'That should be sorted now, could you try again?',
    'Found it, a setting on our side was wrong. Corrected now.',
    'We have corrected it for your account, please reload the page once.',
    'Short version: it was our mistake, it is corrected now. Long version follows by mail.',
    'Done on our side. Please give it ten minutes.',
    'Reproduced and corrected, thanks for the good description.',
    'Engineering has put in a fix for your account, please check when you have a moment.',
    'You were right, and two other customers had it too. It is corrected.',
  ],
  de: [
    'Ist behoben, könnt ihr es noch einmal versuchen?',
    'Der Fehler lag bei uns, ist jetzt korrigiert.',
    'Für euren Mandanten korrigiert, bitte einmal neu laden.',
    'Erledigt, danke für die gute Beschreibung.',
  ],
  fr: [
    "C'est corrigé de notre côté, pouvez-vous réessayer ?",
    "C'était une erreur chez nous, c'est corrigé.",
    "Corrigé pour votre compte, rechargez la page s'il vous plaît.",
  ],
  es: [
    'Ya está corregido, ¿podéis probar otra vez?',
    'Era un fallo nuestro, ya está arreglado.',
    'Corregido en vuestra cuenta, recargad la página por favor.',
  ],
  pt: [
    'Já está corrigido, podem tentar outra vez?',
    'Era um erro do nosso lado, já está resolvido.',
    'Corrigido na vossa conta, recarreguem a página por favor.',
  ],
  ja: ['修正いたしました。もう一度お試しいただけますか', '弊社側の不具合でした。修正が完了しております。'],
  it: ['Corretto, potete riprovare?', 'Era un errore nostro, ora è sistemato.'],
  nl: [
    'Het is opgelost, kunnen jullie het nog eens proberen?',
    'Dat was een fout aan onze kant, het is hersteld.',
  ],
};

/** What we say to a question or a wish. */
export const REPLIES: Record<Language, string[]> = {
  en: [
    'I have asked the team that owns this and come back to you by tomorrow noon.',
    'Good question. The help page on this is short, I will send you the two steps by mail.',
    'Not possible today, but I have noted your wish with the product team.',
    'This is by design, happy to walk you through the reason on a call.',
    'Let me check that with a colleague, I will write here today.',
    'Your success manager can answer that best, I have told her and she will write to you.',
  ],
  de: [
    'Ich frage nach und melde mich bis morgen Mittag hier.',
    'Gute Frage, die zwei Schritte schicke ich euch per Mail.',
    'Heute geht das nicht, ich habe den Wunsch an das Produktteam gegeben.',
  ],
  fr: [
    'Je me renseigne et je reviens vers vous demain.',
    'Bonne question, je vous envoie la marche à suivre par mail.',
  ],
  es: ['Lo consulto y os digo algo mañana.', 'Buena pregunta, os mando los pasos por correo.'],
  pt: ['Vou confirmar e respondo amanhã de manhã.', 'Boa pergunta, envio os passos por e-mail.'],
  ja: ['担当に確認のうえ、明日までにご連絡いたします。'],
  it: ['Mi informo e vi scrivo domani.'],
  nl: ['Ik vraag het na en kom er morgen op terug.'],
};

/** How a customer leaves a talk without thanking. */
export const CLOSERS: Record<Language, string[]> = {
  en: [
    'ok, will try',
    'will do',
    'checking now',
    'ok, tomorrow then',
    'sounds good',
    '👍',
    'ok',
    'understood',
    'fair enough',
  ],
  de: ['ok, mache ich', 'ok, morgen dann', 'alles klar', 'verstanden', '👍'],
  fr: ["d'accord", 'ok, demain matin', 'ça marche', 'bien noté'],
  es: ['vale', 'de acuerdo', 'ok, mañana', 'entendido'],
  pt: ['combinado', 'ok, amanhã', 'está bem'],
  ja: ['承知しました', 'かしこまりました', 'はい、了解です'],
  it: ['va bene', 'ok, domani'],
  nl: ['prima', 'ok, morgen'],
};

/** Thanks and nothing else. */
export const THANKS: Record<Language, string[]> = {
  en: [
    'Thanks!',
    'Thank you!',
    'thanks a lot',
    'Many thanks',
    'thx',
    'Great, thank you!',
    'Perfect, thanks!',
    'Thanks so much 🙏',
    'Awesome, thanks',
    'ty!',
    'Thank you very much!',
  ],
  de: [
    'Danke!',
    'Vielen Dank!',
    'Super, danke!',
    'Besten Dank',
    'Danke dir',
    'Perfekt, vielen Dank!',
    'Danke schön 🙂',
    'Herzlichen Dank',
  ],
  fr: ['Merci !', 'Merci beaucoup !', 'Parfait, merci !', 'Super, merci beaucoup', 'Un grand merci'],
  es: ['¡Gracias!', 'Muchas gracias', 'Perfecto, gracias', '¡Mil gracias!', 'Genial, muchas gracias'],
  pt: ['Obrigado!', 'Obrigada!', 'Muito obrigado!', 'Perfeito, obrigada', 'Muito obrigada 🙏'],
  ja: ['ありがとうございます', 'ありがとうございます！', 'ありがとうございました。'],
  it: ['Grazie!', 'Grazie mille', 'Perfetto, grazie!'],
  nl: ['Bedankt!', 'Dank je wel', 'Top, bedankt!'],
};

/** Thanks that say a little more. Nobody wants to answer them, but no phrase list has them whole. */
export const WARM: Record<Language, string[]> = {
  en: [
    'That did the trick, thank you for the quick help!',
    'Works again, thanks a lot to the whole team',
    'You folks are the best, that was quick',
    'Confirmed on our side, all good now. Thanks!',
  ],
  de: [
    'Läuft wieder, vielen Dank für die schnelle Hilfe!',
    'Jetzt passt alles, danke euch und schönen Abend',
  ],
  fr: ['Tout fonctionne maintenant, merci pour votre aide rapide'],
  es: ['Ya funciona todo, muchas gracias por la rapidez'],
  pt: ['Já está tudo a funcionar, obrigada pela ajuda rápida'],
  ja: ['無事に動きました。迅速なご対応ありがとうございました。'],
  it: ['Ora funziona tutto, grazie per la velocità'],
  nl: ['Werkt weer, bedankt voor de snelle hulp'],
};

export const GREETINGS: Record<Language, string[]> = {
  en: ['Good morning!', 'Hi all', 'Hello 👋', 'Morning everyone', 'Hi there', 'Hello team'],
  de: ['Guten Morgen zusammen', 'Moin', 'Hallo zusammen', 'Guten Morgen!'],
  fr: ['Bonjour à tous', 'Bonjour !', 'Salut'],
  es: ['¡Buenos días!', 'Hola a todos', 'Buenas tardes'],
  pt: ['Bom dia!', 'Olá a todos', 'Boa tarde'],
  ja: ['おはようございます', 'お世話になっております'],
  it: ['Buongiorno', 'Ciao a tutti'],
  nl: ['Goedemorgen', 'Hallo allemaal'],
};

/** A second message of the same person a little later. */
export const MORE: Record<Language, string[]> = {
  en: [
    'For what it is worth, {two|three} colleagues see the same',
    'Just saw that the {Leeds|Austin|Ghent} site has it as well',
    'Forgot to say: it worked fine until {Friday|yesterday noon}',
    'Our month end is on Friday so the sooner the better',
    'I tried it again just now with a fresh login, no difference',
    'Let me know if you need access to our test space',
    'ok it is getting worse, more and more people tell me the same',
  ],
  de: [
    'Bei meiner Kollegin ist es genauso, falls das hilft',
    'Nachtrag: bis gestern Mittag ging es noch',
    'Wir haben am Freitag Abschluss, es eilt also etwas',
    'Habe es gerade noch einmal probiert, gleiches Bild',
  ],
  fr: ['Même chose chez ma collègue, si cela peut aider', 'Cela fonctionnait encore hier après-midi'],
  es: ['A mi compañera le pasa lo mismo, por si ayuda', 'Hasta ayer al mediodía funcionaba bien'],
  pt: ['À minha colega acontece o mesmo, se isso ajudar', 'Até ontem ao meio-dia estava tudo bem'],
  ja: ['念のため、別のブラウザでも同じ結果でした'],
  it: ['Anche alla mia collega succede lo stesso, se può aiutare'],
  nl: ['Bij mijn collega is het precies hetzelfde, misschien helpt dat'],
};

/** A colleague of the customer joins in within the hour. */
export const COLLEAGUE: Record<Language, string[]> = {
  en: [
    'Same here, on my account and on the shared one',
    'Adding to what my colleague said: our {Dublin|Oslo|Turin} team has it too',
    'I can confirm that, happens on my machine as well',
    'From the business side: we need this before the 4 pm call',
    'To add some background, we changed nothing in our setup this week',
  ],
  de: [
    'Bei mir ist es dasselbe, auch mit einem anderen Konto',
    'Zur Ergänzung: in der Filiale {Kassel|Linz} ist es auch so',
  ],
  fr: ['Je confirme, même problème chez moi'],
  es: ['Lo confirmo, a mí me pasa igual desde otro ordenador'],
  pt: ['Confirmo, comigo é igual e noutro computador também'],
  ja: ['私の端末でも同じ現象が起きておりますので、よろしくお願いします'],
  it: ['Confermo, succede anche a me da un altro computer'],
  nl: ['Klopt, ik heb precies hetzelfde op een andere laptop'],
};

/** Written into a resolved thread: these must reopen. */
export const BROKEN: Record<Language, string[]> = {
  en: [
    'Hmm, it is still broken for us, same error as before',
    'Sorry to say it came back, exactly the same',
    'Still not working for {two|three} of our people',
    'Thanks, but it is still broken here',
    'It worked for an hour and now we have the same again',
    'still the same error, can you look again?',
    'We just hit it again at the {Porto|Leeds} site',
  ],
  de: ['Leider tritt der Fehler bei uns wieder auf', 'Danke, aber bei uns geht es immer noch nicht'],
  fr: ['Merci, mais le problème est toujours là'],
  es: ['Gracias, pero sigue sin funcionar en nuestra oficina'],
  pt: ['Obrigada, mas continua sem funcionar na loja'],
  ja: ['ありがとうございます。ただ、また同じエラーが発生しています'],
  it: ['Purtroppo il problema si è ripresentato'],
  nl: ['Helaas werkt het bij ons nog steeds niet'],
};

/** Our own messages in a channel, and what the customer says to them. Nothing of this is a contact. */
export const ANNOUNCEMENTS: [string, string[]][] = [
  [
    'Heads-up: version 4.12 goes live tonight at 22:00, about five minutes of read-only.',
    [
      'Good to know, I will tell the night shift',
      'Thanks for the early word, our team in Porto is informed',
      '👍',
    ],
  ],
  [
    'New this week: exports can be scheduled per weekday. The help page is updated.',
    [
      'Nice, we have been waiting for that one',
      'Great news for our finance people, will spread it',
      'Great!',
    ],
  ],
  [
    'We publish a short note on the API changes of December today. No action needed from your side.',
    [
      'Perfect, forwarded it to our integrator',
      'noted, thank you',
      'I have put it on the agenda of our next tech meeting',
    ],
  ],
  [
    'Our office is closed on 24 and 31 December, the emergency line is staffed as always.',
    ['Same on our side, we are closed as well that week', 'Good to know'],
  ],
  [
    "The recording of Tuesday's webinar is online, your team is in the participants list.",
    ['Watched it already, the part on forecasting was really useful', 'Will watch it on the train'],
  ],
];

export const QUESTIONS: [string, string[], string[]][] = [
  [
    'Hi {all|both}, how did the training with the new colleagues go on Friday?',
    [
      'It went well, people liked the part on planning most',
      'Quite good, we will do a second round in December for the night shift',
    ],
    ['quite well'],
  ],
  [
    'Shall we meet on Thursday at 3 pm to go through the roll-out plan?',
    [
      'Thursday is fine for me, I will bring our IT lead along',
      'Could be tight, but half past three would work for everybody here',
    ],
    ['ok, 3 pm works', 'yes, Thursday works'],
  ],
  [
    'Could you send us the list of users for the new site?',
    ['Here you go, it has the managers marked in yellow', 'Attached, the last column is the cost centre'],
    ['on its way'],
  ],
  [
    'Which of the two layouts do you prefer, the one with tabs or the one with tiles?',
    [
      'We like the tiles better, it is closer to what people know',
      'Tabs for the office and tiles for the stores, if that can be done',
    ],
    ['the second one', 'tiles please'],
  ],
  [
    'Is the interface to your warehouse live by now, or do you still wait for the supplier?',
    [
      'It is live since Wednesday and looks stable so far',
      'Still waiting, they promised the end of the month',
    ],
    ['still waiting', 'yes, since Wednesday'],
  ],
  [
    'How many people will join the workshop on the 18th?',
    [
      'We will be eleven, two of them remote from the Gdansk office',
      'Probably nine, I will confirm as soon as the plant manager is back',
    ],
    ['eleven', 'around ten people'],
  ],
];

export const QUESTIONS_IN: [Language, string, string[], string[]][] = [
  [
    'de',
    'Wie ist die Schulung am Freitag gelaufen?',
    ['Sehr gut, die Kollegen fanden vor allem die Planung hilfreich'],
    ['sehr gut'],
  ],
  [
    'de',
    'Passt euch Donnerstag um 14 Uhr für das Rollout-Gespräch?',
    ['Donnerstag passt, ich bringe noch unseren IT-Leiter mit'],
    ['ja, passt', 'Donnerstag geht'],
  ],
  [
    'fr',
    'Est-ce que jeudi à 14 h vous convient pour le point projet ?',
    ['Jeudi nous convient, je viens avec notre responsable informatique'],
    ['oui, parfait'],
  ],
  [
    'es',
    '¿Os va bien el jueves a las cuatro para ver el plan?',
    ['El jueves nos va bien, vendrá también nuestra responsable de sistemas'],
    ['sí, perfecto'],
  ],
  [
    'pt',
    'Quinta-feira às 15 h serve para a reunião de arranque?',
    ['Quinta-feira serve, levo também a nossa diretora financeira'],
    ['sim, serve'],
  ],
  [
    'ja',
    '木曜日の15時からお打ち合わせはいかがでしょうか',
    ['木曜日で問題ございません。担当の者も同席いたします'],
    ['はい、大丈夫です'],
  ],
];

/** Lists of customers' own names; the channel is c-<number>. */
export const ACCOUNTS =
  `Falkenberg Logistik;Nordlicht Energie;Alster Druck;Bäckerei Huber;Kranich Medien;Steinweg Immobilien;Ostsee Reederei;Grünwald Möbel;Taunus Pharma;Elbe Textil;Havel Optik;Isar Brauwerk;Jura Uhren;Kessler Bau;Lindner Stahl;Moritz Spedition;Neckar Dental;Oderland Agrar;Pfalz Weinhandel;Rhein Chemie Nord;Saale Papier;Thüringer Glas;Uckermark Milch;Vogtland Werkzeug;Weser Fisch;Xanten Reisen;Zugspitz Sport;Allgäu Käse;Bodensee Obst;Chiemgau Holz;Dresdner Feinkost;Eifel Basalt;Franken Leder;Göttingen Lab;Harz Minerale;Ilmenau Sensorik;Jena Laser;Kieler Segel;Lausitz Solar;Münster Versand;Atelier Lumière;Boulangerie Dupain;Cave du Midi;Dauphin Transport;Étoile Assurances;Fleuve Logistique;Garonne Bio;Hexagone Conseil;Île Verte;Jardin Royal;Lyon Soie;Marais Mode;Nantes Marine;Océan Frais;Provence Huile;Rivage Hôtels;Almendro Foods;Bahía Pesca;Cantábrico Acero;Duero Vinos;Ebro Agua;Flamenco Travel;Galicia Mar;Huerta Sur;Ibérica Seguros;Jerez Bodegas;Levante Citrus;Meseta Grano;Navarra Motor;Olivar Alto;Pirineo Ski;Retiro Salud;Azulejo Casa;Bragança Têxtil;Coimbra Saúde;Douro Vinhos;Estoril Hotéis;Faro Turismo;Guimarães Moda;Lagos Náutica;Minho Papel;Óbidos Livros;Porto Cork;Sintra Café;Aoba Shoji;Fuji Kikai;Hanami Foods;Kitano Denki;Minato Trading;Sakura Dental;Shinwa Seiko;Yamabuki Print;Brera Design;Lago Moto;Torino Pasta;Vesuvio Energia;Delft Flowers;Gent Brouwers;Utrecht Fietsen;Acre & Oak;Amber Lane;Anvil Robotics;Ashdown Clinics;Atlas Freight;Aurora Learning;Bartlett Foods;Beacon Harbour;Birchwood Homes;Blue Heron;Bramble Toys;Brightside Care;Cadence Music;Calder Steel;Cedar Point;Chalkhill Books;Cobalt Dental;Copperfield Pubs;Coral Reef Spas;Crestline Bikes;Dapple Farms;Dawnbreak Coffee;Delta Forge;Dovetail Joinery;Driftwood Inns;Dunmore Dairy;Eastgate Parcels;Eddystone Marine;Elmstead Schools;Ember Heating;Fable Games;Fernhill Vets;Finch & Daughters;Foxglove Pharmacy;Gables Estates;Gannet Air;Glasshouse Plants;Granite Gym;Greyfriars Law;Halcyon Hotels;Hawthorn Paper;Hearthstone Pizza;Heath Robotics;Highwater Insurance;Hollybank Care;Ibis Analytics;Inkwell Press;Ivory Tower Tutors;Jackdaw Media;Juniper Gin;Kestrel Drones;Kingfisher Pools;Lantern Travel;Larkspur Seeds;Lighthouse Loans;Longmeadow Golf;Magpie Thrift;Maple Grove;Marlow Boats;Merlin Security;Millstone Bakery;Mistral Yachts;Moorgate Rail;Nettle & Vine;Northbound Vans;Oakapple Nurseries;Orchard Lane;Osprey Solar;Otter Creek;Pebble Beach Wear;Penfold Shoes;Quarry Bank;Quill Stationers;Raven Rock;Redwood Dental;Ripple Water;Saltmarsh Inns;Sparrow Post;Thistle & Thorn;Wexford Tools;Yew Tree Homes`.split(
    ';',
  );

/** How many of `ACCOUNTS`, in order, write in which language. */
export const SPOKEN: [Language, number][] = [
  ['de', 40],
  ['fr', 16],
  ['es', 16],
  ['pt', 12],
  ['ja', 8],
  ['it', 4],
  ['nl', 3],
];
