// What the story of a call says where it ended before the contact's phone was dialled: the agent, called first, was not there.
// Twilio's calls write these words, and the rules about how often somebody is contacted leave such calls out.
export const NOBODY_CALLED = ["agent_no_answer", "agent_busy", "agent_failed"] as const;

export type NobodyCalled = (typeof NOBODY_CALLED)[number];
