// Words of the Backup part of Settings.
export const BACKUP = {
  last: "Last backup",
  lastNone: "There is no backup yet.",
  make: "Make a backup",
  makeText:
    "One file with everything: settings, keys and what happened so far, sealed with a passphrase. Keep it on another disk. The gateway goes on working meanwhile.",
  passphrase: "Passphrase",
  passphraseHint: (least: number) =>
    `At least ${least} characters. Without it nobody can open the file, and nobody can tell it to you.`,
  again: "The same again",
  tooShort: (least: number) => `At least ${least} characters`,
  notSame: "The two are not the same",
  withoutKeys: "Leave the keys out",
  withoutKeysHint: "For handing the file to somebody else. After a restore they have to be entered again.",
  keysProblem: "The keys cannot be read now, so only a backup without them can be made.",
  act: "Make the backup",
  ready: (size: string) => `The backup is ready (${size}).`,
  readyText: "It is kept here until you leave this page or make another one.",
  save: "Save the file",
  another: "Make another one",
  move: "Move to another computer",
  moveText:
    "This gateway finishes what it is doing, makes a backup and then stands still. Restore the file on the other computer: campaigns go on there by themselves, and nobody is reached twice.",
  moveAct: "Move this gateway",
  moveTitle: "Move this gateway to another computer?",
  moveSure:
    "From now on nothing new is started here, and nothing is answered. Webhooks that still come here are stored. You can take the gateway back at any time.",
  moveReady: (size: string) => `This gateway stands still, and its file is ready (${size}).`,
  moveReadyText: "Save it, and restore it on the other computer within a day.",
  restore: "Restore a backup",
  restoreText:
    "The file is checked to its last byte before anything is touched, and what is here now is kept, so a restore can be undone.",
  file: "Backup file",
  filePassphrase: "Its passphrase",
  sending: "Sending the file",
  check: "Check the file",
  checked: "The file is whole and the passphrase fits.",
  about: { made: "Made", program: "Program", keys: "Keys", kind: "Kind" },
  keys: { true: "in the file", false: "not in the file" },
  kind: { backup: "Backup", move: "Move to this computer" },
  restoreAct: "Restore it",
  restoreTitle: "Restore this backup?",
  restoreSure: {
    backup:
      "What is here now is put aside, and the gateway starts again with the backup. Outreach is then paused until you let it go on.",
    move: "What is here now is put aside, and the gateway starts again where the other one stopped. Outreach goes on by itself, unless this file was made or used here before or is older than a day: then it is paused until you let it go on.",
  },
  restored: "The backup is restored.",
  points: "Restore points",
  pointsText: "Kept by the gateway itself, the newest five of each kind.",
  pointsNone: "None yet",
  pointsNoneText: "Before each restore and each update the gateway keeps what is there.",
  columns: { kept: "Kept", why: "Why", size: "Size", program: "Program", act: "" },
  reasons: {
    restore: "Before a restore",
    undo: "Before going back",
    migration: "Before an update of the database",
    update: "Before an update of the program",
  },
  back: "Go back to it",
  backTitle: (when: string) => `Go back to ${when}?`,
  backSure:
    "What is here now is put aside as a restore point of its own, and the gateway starts again. Outreach is then paused until you let it go on.",
  went: "The gateway is back where it was.",
  since: {
    restore: "This gateway goes on from a backup made",
    undo: "A restore was undone: this gateway goes on as it was",
    take_back: "This gateway was taken back: it goes on as it was",
  },
  waited: (waiting: number, people: number) =>
    people > 0
      ? `${waiting} outreaches waited then, ${people} of them of campaigns. Outreach is paused.`
      : `${waiting === 1 ? "1 outreach" : `${waiting} outreaches`} waited then. Outreach is paused.`,
  goOnText:
    "Make sure that no other copy of this gateway runs. Then each outreach that waited is looked for at the carrier and in Follow Up Boss right before it goes out: whoever was reached since is not contacted again.",
  optOuts:
    "Wishes not to be contacted that were made since then may be missing here. What came to Twilio and by e-mail is read again by itself; look through the others.",
  goOn: "Check and go on",
  wentOn: "Outreach goes on.",
  moved: "This gateway was moved to another computer",
  movedText: "Nothing new is started here and nothing is answered. Webhooks that still come are stored.",
  takeBack: "Take it back here",
  takeBackTitle: "Take the gateway back?",
  takeBackSure:
    "First stop the gateway on the other computer: two of them would contact the same people. Outreach here stays paused until you let it go on.",
  takenBack: "The gateway is here again.",
  away: "The gateway is starting again …",
  tooLong: "The gateway did not answer for a long time. Look whether it runs.",
} as const;
