// The words of opting out and in again, as data: keywords, politeness, spellings. Read by recognize-opt-out and what it is
// made of. Sources: Twilio's default keywords, the FCC's per-se list (47 CFR 64.1200(a)(10)), and what people write.

const list = (text: string): readonly string[] =>
  text
    .split(/[|\n]/)
    .map((word) => word.trim())
    .filter(Boolean);

/** Alone in a sentence or on a line they mean it, whatever else the message says. */
export const STOP_KEYWORDS: ReadonlySet<string> = new Set(
  list(`stop|stopall|stop all|stops|unsubscribe|unsubscribed|unsub|opt out|opted out|revoke|revoked|dnc
    do not contact|do not call|do not text|do not message|do not email
    arret|arreter|arretez|desabonner|desabonnement|desabonnez|desinscrire|desinscription|desuscribir|desuscribirme`),
);

/** Words of every day too: they mean it only where the message is nothing else. */
export const SOFT_STOP_KEYWORDS: ReadonlySet<string> = new Set(
  list(`cancel|cancelled|canceled|end|end all|quit|remove|removed|delete|no more|enough|cease|desist|block|out
    blocked|reported|spam|spammer|harassment|removal
    arrete|fin|annuler|retirer
    alto|parar|pare|paren|para ya|baja|dar de baja|cancelar|cancela|cancelen|terminar|detener|detenganse|basta|ya basta|salir`),
);

export const START_KEYWORDS: ReadonlySet<string> = new Set(
  list(`start|unstop|restart|resubscribe|subscribe|opt in|opt back in|resume|start again|start over
    commencer|reprendre|recommencer|iniciar|comenzar|empezar|reanudar`),
);

export const HELP_KEYWORDS: ReadonlySet<string> = new Set(list("help|info|aide|ayuda"));

/** "Info, please" asks for information about a house: this one stands without any other word. */
export const LONE_KEYWORDS: ReadonlySet<string> = new Set(["info"]);

/** Greetings and thanks that change nothing; regular expressions, the longer ones first. */
export const POLITE: readonly string[] =
  list(`thank you (?:so much|very much|kindly|in advance)|thank you|(?:many )?thanks(?: so much| a lot| in advance)?
  much appreciated|(?:i )?(?:would )?appreciate it|if you would|please and thank you|please|kindly
  have a (?:good|great|nice|blessed|wonderful|lovely) (?:day|one|night|evening|week|weekend)
  good (?:morning|afternoon|evening|night|day)|god bless(?: you)?|(?:best|kind|warm) regards|regards|sincerely|cheers
  hello|hi there|hi|hey there|hey|dear|sir|maam|madam|bye|goodbye|asap|immediately|right now|right away|at once|now
  veuillez|merci beaucoup|merci|s ?il (?:vous|te) plait|svp|bonjour|muchas gracias|gracias|por favor|porfa|hola`);

/** What people put around a hard keyword besides. */
export const LOOSE: readonly string[] =
  list(`once and for all|for the last time|last time|last warning|final warning|for good|for real|you (?:people|guys)
  all|just|again|already|yes|yeah|yep|yup|no|nope|nah|ok|okay|so|and|but|sorry|um|well|oh|omg|wtf|ffs|jesus|christ|god
  damn it|damnit|dammit|damn|fucking|freaking|man|dude|bro|buddy|guys|everyone|everybody|friend|folks|seriously|really
  completely|permanently|forever`);

/** Spelled out → how people write it. Single words. */
const SPELLED: Readonly<Record<string, string>> = {
  stop: "stpo sotp tsop sttop sstop stopp stoop stpp stopo stp sop stob stoip dtop syop stpop atop stopt",
  "stop it": "stopit",
  stopall: "stopal",
  "opt out": "optout opt0ut optoout",
  "opt in": "optin",
  cancel: "cancle cansel cancell canel",
  remove: "rmove remve remov romove reomve remvoe",
  delete: "delte deleet dlete",
  start: "strat satrt srart",
  please: "pls plz plse pleas plase plez plis pleaes pease",
  thanks: "thx thnx thanx tks thnks ty tysm tyvm",
  you: "u yall",
  your: "ur",
  are: "r",
  text: "txt",
  texts: "txts",
  texting: "txting txtng textin texing texitng textig txtin texxting tetxing textng texint",
  message: "msg mesage messege massage mssg",
  messages: "msgs mesages messeges messges massages mssgs",
  messaging: "msging msgin messageing mesaging messging mssging messagin msgng massaging",
  calling: "caling callin calln callng",
  contact: "contac contct contanct conatct",
  contacting: "contating contactin conatcting contcting",
  email: "emial mail",
  emails: "emials mails",
  emailing: "emialing emailling",
  number: "nbr num numer nubmer numbr",
  immediately: "immediatly imediately immediatley",
  anymore: "anymor",
  interested: "intrested intersted interrested",
  "going to": "gonna",
  "want to": "wanna",
  people: "ppl",
  "do not": "dont donot dnt",
  "did not": "didnt",
  "does not": "doesnt",
  "will not": "wont",
  "can not": "cant cannot",
  "could not": "couldnt",
  "would not": "wouldnt",
  "should not": "shouldnt",
  "have not": "havent",
  "i am": "im",
  "i would": "id",
  "i will": "ill",
  "i have": "ive",
  "you are": "youre",
  "let us": "lets",
};

export const SPELLINGS: ReadonlyMap<string, string> = new Map(
  Object.entries(SPELLED).flatMap(([right, others]) =>
    others.split(" ").map((other): [string, string] => [other, right]),
  ),
);

/** What a word with signs in it may turn out to be: "st0p", "$top". */
export const KNOWN_WORDS: ReadonlySet<string> = new Set([
  ...[STOP_KEYWORDS, SOFT_STOP_KEYWORDS, START_KEYWORDS, HELP_KEYWORDS].flatMap((words) => [...words]),
  ...Object.keys(SPELLED),
]);

/** Letters of other scripts, and small capitals, with the Latin ones they look like. */
export const LOOK_ALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  `Аa Вb Сc Еe Нh Іi Јj Кk Мm Оo Рp Ѕs Тt Хx Уy аa вb сc еe һh іi јj кk мm оo рp ѕs тt хx уy ԁd ɡg ѵv ԛq ԝw
  Αa Βb Εe Ηh Ιi Κk Μm Νn Οo Ρp Τt Χx Υy Ζz αa ιi κk νv οo ρp τt υu օo ցg ıi łl ŧt øo Øo
  ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz`
    .split(/\s+/)
    .map((pair) => [...pair]),
);
