// How people say that they want no more, in phrases over plain sentences; compile-phrases says how they are written. What
// must not stand around them is in opt-out-guards. Read by recognize-opt-out.
import { compilePhrases } from "./compile-phrases.ts";
import { ENGLISH } from "./opt-out-classes.ts";

/** Somebody is to stop doing something: not where it is denied, nor where somebody else is to stop. */
export const STOP_DOING = compilePhrases(
  `{stop} {adv*}{contacting}
  {stop} {adv*}asking(?: (?:me|us|if|about)|(?= ,|$))
  {stop} {adv*}(?:writing|talking|speaking|responding|replying|marketing|advertising) (?:back )?(?:to )?(?:me|…
    us)
  {stop} {adv*}sending (?:me|us|these|those|this|your|so many|anything|to (?:me|us|my|this)|{det*}(?:{nouns}|…
    {trash}))
  {stop} {adv*}sending#
  {stop} {adv*}{det*}(?:{nouns}|{trash})
  {stop} {adv*}(?:these|those|this|the|all) {det*}(?:text|message|call|email)
  {stop} {adv*}(?:trying|attempting) to (?:{contact}|{trouble}|sell|buy|get a hold of) (?:me|us|my)
  {stop} {adv*}(?:filling|clogging|wasting|using|selling|sharing) (?:up )?my (?:{record}|inbox|time|voicemail|…
    mailbox)`,
  ENGLISH,
);

/** We are told to stop, or asked how to make us: not where it is denied. */
export const STOP_TOLD = compilePhrases(
  `{stop} {adv*}(?:receiving|getting) {det*}(?:{nouns}|{trash}|these|those|them|this|anything|from you|text|…
    message|email)
  (?:end|cancel|terminate|suspend|turn off|shut off) {det*}(?:{nouns}|subscriptions?|automated messages|…
    contact with me)
  (?:end|cancel) (?:all|any) {det*}(?:{nouns}|contact)
  make (?:it|this|them|(?:these|those|the|your|all these|all) {nouns}|these|those) (?:all )?stop
  (?:{nouns}|these|those|this) (?:all )?(?:has to|have to|need to|needs to|must|should|to) (?:please )?(?:stop|…
    end|cease)(?: {times})*#
  (?:can|could|will) (?:these|those|the|your) {nouns} (?:please )?stop#
  (?:have|get) (?:these|those|the|your|all) {nouns} (?:stopped|turned off|ended)
  (?:{want}|told|tell|telling|begging|warned|asked|order|advise) (?:that )?{you} …
    (?:{times} )*(?:to )?(?:please )?(?:stop|quit|cease)(?: {times})*#
  {want} (?:it|this|that|them|all this|all of this|the {nouns}) to (?:please )?(?:stop|end|cease)(?: {times})*#
  (?:i|we) (?:have )?(?:already )?(?:said|told you|asked you|say) (?:already )?(?:to )?(?:stop|…
    no more)(?: {times})*#
  please stop(?: it| this| that| all this)?(?: {times})*#
  if you do not stop#
  (?:appreciate|like|love|prefer|great|nice|better|best)(?: it)? if {you} (?:would |could )?(?:stop|stopped|quit|ceased) …
    (?:{contacting}|sending)
  why (?:do|are|does|is) {you} (?:keep|still|always) {contacting} (?:me|us)
  (?:wrong number|wrong person|not interested|no thanks|no thank you|new phone|who is this|whos this|who dis) …
    (?:so |and |please |now |just )*stop#
  (?:i moved|already sold|already bought|not selling|not buying|not looking|f you|fuck you) (?:so |and |please |…
    now |just )*stop#`,
  ENGLISH,
);

/** Somebody is not to do something: not where it says when, or who else. */
export const DO_NOT = compilePhrases(
  `{donot} {adv*}{try?}{adv*}(?:{contact}|{trouble})(?: (?:or|and|nor) {adv*}(?:{contact}|{trouble})){0,4} …
    (?:to |at |on )?{me}
  {donot} {adv*}{try?}{adv*}(?:{contact}|{trouble})(?: (?:him|her|them|me|us|my \\S+|or \\S+)){0,3} {again}
  {donot} {adv*}{try?}{adv*}{contact}(?: (?:or|and|nor) {adv*}{contact}){0,4}#
  {donot} (?:\\S+ ){1,4}(?:or|and|nor) {contact} {me}
  {donot} {adv*}(?:follow up|reach out)#
  (?:can|could|would|will) you (?:please |just |maybe |kindly )*not (?:{contact}|{trouble}) (?:{me}|{again})
  (?:not|no longer) (?:authorized|allowed|permitted|welcome) to (?:{contact}|{trouble}) {me}
  {donot} {adv*}(?:keep|continue|start|bother|go on|be) {adv*}{contacting}
  {donot} {adv*}send {adv*}(?:(?:me|us|to me|my way) )?(?:{det*}(?:{nouns}|{trash})|anything|{again}|another|…
    one more)
  no (?:more|further|additional) {det*}(?:{nouns}|contact)
  ^(?:please |and |so |absolutely |i said |again )*no {det*}(?:{nouns}|texting|calling|contact)(?: (?:or|and) …
    {det*}(?:{nouns}|texting|calling))*(?: please)?$
  enough (?:already )?(?:with|of) {det*}(?:{nouns}|{trash})`,
  ENGLISH,
);

/** They want nothing, or no more: not where it is for a while. */
export const NOT_WANTED = compilePhrases(
  `{nowant} (?:to |2 )?(?:be|get|being|getting|keep being|keep getting) {adv*}{contacted}
  {nowant} (?:to )?(?:receive|receiving|get|getting|see|keep getting|have) {det*}(?:{nouns}|these|those|…
    from you|text|message)
  {nowant} (?:to receive |to get )?(?:anything|any thing|any of this|nothing)(?: else)? from you
  {nowant} {det*}{nouns}
  {nowant} (?:any |more |further |additional |your )+contact
  {nowant} {you} (?:to )?{adv*}(?:{contact}|{trouble}|{contacting}|sending|send|having|have) (?:{me}|{again})
  {nowant} {you} (?:to )?{adv*}(?:{contact}|{contacting})#
  {nowant} (?:to )?(?:hear|hearing) (?:back )?from (?:{you}|this|any)
  {nowant} (?:to )?(?:talk|talking|speak|speaking|deal|dealing|communicate) (?:to|with) {you} {again}
  {nowant} (?:to be )?(?:part of|on|in|included in) {yours} {list}
  (?:appreciate|prefer) not (?:being|getting|receiving) (?:{contacted}|{det*}{nouns})
  want nothing (?:more )?to do with (?:you|this|your)
  (?:{want}|prefer|rather|asked) (?:that )?(?:you |to )?not (?:to )?(?:be |get |receive |hear |{contact} |…
    {trouble} ){1,2}(?:{contacted}|{det*}{nouns}|from you|me|us|anymore|again|these)`,
  ENGLISH,
);

/** Said anywhere in a sentence that does not deny it, and is not about papers. */
export const STOP_SAID = compilePhrases(
  `(?:unsubscribe|unsub)(?! from (?:zillow|redfin|trulia|realtor|homes|opendoor|their|his|her|other|another|…
    everyone))(?! (?:rates?|numbers?|percentage|metrics|statistics|stats|count|trends?|page|form)(?: |$))
  (?:i|we) (?:already |have already |have |just )?unsubscribed(?! from (?!you|this|all|the|these))
  opt {mine} out
  (?:opt|opting|opted) out (?:of|from) (?:(?:all|any|your|these|those|this|the|future|further|receiving|getting|…
    more) )*(?:{nouns}|{list}|it|these|this|everything|all|texting)#
  opt out(?: please| now| me| immediately| today)?#
  (?:{want}|trying|choose|how (?:do|can|would) i|can i|may i|am|i|hereby|electing|going) (?:to )?(?:opt|opting) …
    out(?! of)
  {want} (?:to be |being |to have {mine} |{mine} )(?:{gone})(?: {soon})*(?: {off} {yours} {list})?#
  (?:have|get) {mine} (?:{gone})(?: {off} {yours} {list})?#
  (?:requesting|request|requested) (?:a |the |my |immediate )?removal
  (?:removed|taken|taken off|deleted) (?:{off} )?{yours} {list}
  (?:be|get|me|us|number|am|want|keep me) (?:off|off of|out of) {yours} {list}
  {clear} {mine}(?: and (?:my )?{record})? {adv*}{off} (?:of )?{yours} {list}
  {clear} {kin} {off} (?:your|this) {list}
  (?:remove|take|delete) {mine} {adv*}(?:{off} )?(?:here|it|there|this|everything)#
  ^(?:please )?(?:remove|delete) from {yours?}{list}(?: please| now)*$
  take {mine} off(?: {soon})*#
  {forget} {adv*}{mine}(?: {soon})*#
  (?:lose|forget|delete|erase|trash|throw away|get rid of|discard) (?:my|this|our) {record}
  (?:remove|take) (?:off )?(?:my|this|our) {record}(?: off)?#
  leave (?:me|us|my family|my husband|my wife) (?:the (?:\\S+ )?)?(?:alone|be|in peace)
  (?:get|stay) (?:off|out of) my (?:phone|inbox|life|texts|back)
  (?:stay|keep) away from me
  do not (?:call|contact|text|solicit)(?: or (?:call|text|contact))? (?:list|registry|register|database)
  (?:no|non|never) (?:call|contact) list
  (?:on|in) (?:the|your|a) (?:national )?(?:dnc|no call)
  ^(?:please )?(?:put|add) (?:to|on) (?:your |the )?(?:dnc|do not)
  (?:sue|report|reporting|block|lawyer|attorney|police|fcc)(?: \\S+){0,6} if {you} (?:ever )?{contact} (?:me|us)
  if {you} (?:ever )?{contact} (?:me|us) again(?: \\S+){0,6} (?:sue|report|block|lawyer|attorney|police|fcc)
  (?:put|add|place|mark|list|flag|register) (?:{mine}|this) (?:on|to|as|in|down as|under) (?:your |the |a |an |…
    internal )*(?:do not|dnc|no call|no contact)
  (?:blacklist|black list|block|dnc) (?:me|my number|this number)
  {revoke} (?:(?:my|all|any|and|prior|previous|the|this|express|written|your) )*{consent}
  {consent} (?:is |has been |was )?(?:hereby )?(?:revoked|withdrawn|rescinded)
  you {nogive} (?:have|had|got|receive|received|obtain|obtained) (?:(?:my|our|any|the) )*{consent}
  ^(?:{nogive}|you have no) (?:have )?(?:my |any )*{consent} to {contact}
  {nogive} (?:give|gave|given|grant|granted|provide|provided) (?:you |your company |anyone )?(?:(?:my|our|any|…
    the|you) )*{consent}
  (?:without|no) (?:my )?{consent} to {contact}
  {nogive} (?:give )?(?:consent|opt in|opted in)#
  {nogive} authorize {you} to (?:{contact}|{trouble}|send)
  {nogive} {joined} (?:to |for |up )*(?:this|these|those|any of (?:this|these))(?: (?:of|{nouns}|text|message|…
    crap|list))*#
  {nogive} (?:{joined}|agreed?) (?:to |for )*(?:{det*}{nouns}|(?:being|be|get|getting|receive|receiving) …
    (?:{contacted}|{det*}{nouns}))
  (?:reported|blocked) (?:and|or) (?:reported|blocked|deleted)
  (?:report|reporting|reported|file|filing|filed) (?:{you}|this|these|it|your number|this number|a complaint|…
    complaints)(?: \\S+){0,4} {authority}
  (?:reported|reporting) (?:as|for|to the) {authority}
  (?:i am|i will be|am|going to) (?:block|blocking|reporting|report|suing|sue) (?:{you}|this number|your number)
  (?:i|we) (?:have |already |just |have already )?(?:blocked|reported) (?:you|this|your number|this number)
  (?:you are|this is|it is|its|that is) (?:\\S+ ){0,2}(?:(?:harassing|spamming|stalking|bothering|annoying) …
    (?:me|us)|harassment|unwanted contact)
  ^(?:you are|your) (?:being |getting )?(?:reported|blocked)
  this is (?:spam|illegal spam|unsolicited|harassing)
  how (?:do|can|would|does one|to) (?:i |you |we |one )?(?:stop|turn off|get off|get out of|be removed|…
    remove myself|make it stop) (?:getting |receiving |from |of )*(?:these|those|this|(?:your|the|all) …
    (?:{nouns}|{list})|it)(?: (?:{nouns}|{list}))?#`,
  ENGLISH,
);

/** The whole sentence, or the part before the first or after the last comma. */
export const STOP_WHOLE = compilePhrases(
  `^(?:{lead} ){0,6}(?:stop|stopall)(?: {tail}){0,4}$
  ^(?:{lead} ){0,6}stop (?:or (?:i|else)|before i|because|i|we|you are|you have|this is|this number|not|wrong|…
    do not|who|already)(?: \\S+)*$
  ^(?:please )?remove(?: please)?$
  ^(?:please )?(?:quit|cease|cut|knock) (?:it|this|that)(?: out| off)?(?: {soon})*$
  ^(?:please )?cease and desist$
  ^(?:please )?(?:cancel|end|quit|remove|delete|block) (?:me|us|my number|this number|(?:my )?subscription|…
    service|membership|enrollment)(?: {soon})*$
  ^(?:just |please |hey |so |oh )*(?:fuck|f|fk|fck|eff|piss|sod|bugger|screw|buzz|bug|back) (?:right |…
    the fuck )?off(?: \\S+){0,2}$
  ^(?:just |please )*(?:go (?:the (?:fuck|hell) )?away|get lost|get bent|take a hike|go to hell|fuck you|…
    screw you)(?: {soon}| and leave me alone)*$
  ^(?:that is |thats |ok |okay )*enough (?:already|is enough|now|please)$
  ^(?:please |i said )?(?:no more|no mas|never again)(?: please| por favor)?$
  ^(?:please |i |just )*(?:request )?(?:want out|want off|removal|request removal|end this|end this conversation)(?: please| now)?$
  ^(?:i am |i have |this is |you are |just |all )*(?:blocked|reported|blocking|reporting you|blocking you)$
  ^(?:{hi} )*(?:{wrongly} )?(?:the |a )?wrong (?:number|person|phone|guy)(?: (?:sorry|please|buddy|dude|man|sir|…
    maam|friend|thanks|again))*$`,
  {
    ...ENGLISH,
    lead: `please|just|ok|okay|so|and|but|now|hey|yo|again|all|really|fucking|damn|yes|no|seriously|i said|i say|i repeat|i told you to
      i already said|i already told you to|i am asking you to|like i said|as i said|can you|could you|would you|…
    will you
      you must|you have to|you better|(?:you|you all|you guys|you people) (?:need|have) to|text|reply|send|sms|…
    type|texting
      replying|consider this a|consider this my|this is my|my answer is|the answer is|i wrote|i texted|i typed|…
    i replied
      i want to|i would like to|how do i|how can i|how do you|for the love of god|for gods sake|word|keyword|…
    once more|everyone`,
    tail: `it|this|that|all|all of (?:it|this|that)|all this|everything|contact|me|us|stop
      now|please|already|thanks|thank you|immediately|at once|right now|right away|asap|forever|for good|again
      sir|maam|guys|dude|man|bro|and desist|ok|okay|completely|permanently|damn it|merci|svp|por favor|gracias
      to (?:end|stop|quit|cancel|unsubscribe|opt out|be removed)|the (?:madness|insanity)|aux messages|…
    this nonsense`,
    hi: "sorry|hi|hello|hey|um|yeah|yes|no|i think|i am afraid|i believe",
    wrongly:
      "(?:you (?:have|got|have got|reached|have reached|are texting|are calling|must have)|this is|it is|its|you)",
  },
);

/** Over several sentences. */
export const STOP_ACROSS = compilePhrases(
  `(?:my {record}|(?:wrong|this|no longer \\S+) number)(?: \\S+){0,12} (?:delete|remove|erase|lose) (?:it|…
    them)(?: please| now| immediately)*$`,
  ENGLISH,
);
