// The only words of the gateway's sentences that may stand in a support bundle. Whatever is not among them might be
// somebody's name, so it is left out: a list of what may stay can be proved, a list of what may not cannot.

export const BUNDLE_WORDS: ReadonlySet<string> = new Set(
  `
  about accept accepted access account acting action active activities activity actor add added address
  addresses admin admit after again agent agents agreed all allow already am an and anew another answer
  answered answers any api app append application apply apps are around as aside ask asked at attempts
  attribution authorization aventora await back background backup bad bare base basic batch be been before
  begun being belongs below blanks body boss bound bring broken broker brokerage build built bulk busy but
  by byte cache call called calls came campaign campaigns can cancel canceled candidate candidates cannot
  carrier carriers case catch cause change changed changes channel channels characters check checked
  checks choose chosen chunk clear client clock close closed code collect collection compare complete
  completed computer configured connect connected connection console contact contacts content context
  continue control cookie copy cost could count counts create created current cut damaged data database
  day dead decide decided decision decode default delete deliveries delivery describe described
  description detail details did different digest direction disabled disk display do doctor does domain
  done down dropped duplicate duration each earlier early effective else email embed embedded empty end
  ended ends engagement ensure enter entries entry environment error errors event events evidence 
  exchange expected failed failure fate feature fewer field fields file find first fit fixed follow
  followed followup for forbidden foreign forgotten form format forward forwarded found free from full
  function gateway gave get gi give given go goes gone good ground group guard had handed handled handler
  happened has hash have header headers here history host housekeeping how https hub id identified
  identities identity ids if in inbound includes incoming index info inner inside instead instruction
  integration interested internal into invalid is issue issues it item items its itself job jobs join
  journal json just keeps kept key keychain keys kind know known knows landline large larger last launch
  launched launching lead leads learn leave left letter level like limit line list listen listener
  listeners lists live lock locks log long look lost lower machine made mail management many marker match
  matched members mend mentions merge message messages minutes mismatch missed missing mistake moment more
  most must name named names need needing needs neither network never new newer newest next no nobody none
  not note notes nothing notices now null number of off offered offline old on once only open opened
  opening opens or order origin other others our out outbound outcome output outreach outreaches outside
  over overrides own owner owners pace pages parked parsed part partner parts passed passing passphrase
  path pause paused people person phone piece pieces place platform policy port post preflight preview
  primary printed priority problem problems process profile program progress provider providers public put
  queue queued queueing quoted reachable reached reaches read reader reading ready reason reasons recall
  receive received receiving recent recognised record recorded records recovered reference refusal refuse
  refused register registered registration reject relationship release reload remedy removal remove
  removed repeated reply request requests require required response restart restore restored result resume
  resumed retry return review reviewed revive right room round rule run running runs safe said same save
  saved say says scheduled search seconds secret secrets see seen self send sender sent sentence service
  session set settings setup severity shared show shows signature signed signs silent simulator since
  single size sizes skipped slept slot slow smart so some somebody something split stage start started
  starts state status still stop stopped stopping store stored story success summary sums support switch
  switched sync system table tag tags take taken target tell text than thank that the their theirs them
  then there these they this through time timeout to told too took track transcript trash tried true trust
  try twice type unauthorized unavailable unchanged unclear undefined under undone unexpected unknown
  unreadable until up update updated upload use used user users uses using valid value values variable
  vault version voicemail wait waiting waits waking warn was watch way we webhook webhooks went were what
  whats where whether which while who whole whose why with within without word words work works worst
  would write writes written wrong yes yet you your
`
    .trim()
    .split(/\s+/),
);
