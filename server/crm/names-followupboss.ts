// Other programs say in their own spelling where a record comes from: "followupboss", "Follow Up Boss", "follow_up_boss".

/** True: `source_record_id` is the id of a Follow Up Boss person. */
export const namesFollowUpBoss = (sourceSystem: string | undefined): boolean =>
  sourceSystem?.toLowerCase().replace(/[^a-z]/g, "") === "followupboss";
