// Makes an engagement of the pretend Hub out of what was asked for. Used by single starts and by batches.
import type { HubBehaviour, HubEngagement, HubState } from "./create-hub-world.ts";
import { blankSnapshot } from "./run-engagement.ts";

export interface Accepted {
  channel: string;
  type: string;
  domain_name: string;
  /** Number or address as it was sent. */
  contact: string;
  /** The CRM's person; comes back as `person_id`. */
  source_record_id?: string | number | undefined;
}

/** What is set for the contact goes before what is set for everybody. */
export const behaviourFor = (state: HubState, contact: string): HubBehaviour =>
  state.behaviours.get(contact) ?? state.behaviour;

/** Known to the Hub from now on, but not under way yet. */
export function acceptEngagement(state: HubState, accepted: Accepted): HubEngagement {
  const { channel, type, domain_name, contact, source_record_id } = accepted;
  const snapshot = blankSnapshot({ channel, type, contact_identifier: contact, domain_name });
  if (source_record_id !== undefined) snapshot.person_id = String(source_record_id);
  const engagement: HubEngagement = {
    snapshot,
    behaviour: behaviourFor(state, contact),
    duration: 0,
    pending: [],
    held: [],
    resumeAs: "accepted",
  };
  state.engagements.set(snapshot.engagement_id, engagement);
  return engagement;
}
