// Webhooks of Follow Up Boss: the events it names, and the body of a delivery (seeds 001 to 003; FUB docs, webhooks).
import { z } from "zod";

/** What each known event means, for people. Unknown ones are stored and shown all the same. */
export const WEBHOOK_EVENTS: Readonly<Record<string, string>> = {
  peopleCreated: "People were added",
  peopleUpdated: "People were changed",
  peopleDeleted: "People were deleted",
  peopleTagsCreated: "Tags were added to people",
  peopleStageUpdated: "The stage of people was changed",
  peopleRelationshipCreated: "A relationship was added to a person",
  peopleRelationshipUpdated: "A relationship of a person was changed",
  peopleRelationshipDeleted: "A relationship of a person was removed",
  notesCreated: "Notes were added",
  notesUpdated: "Notes were changed",
  notesDeleted: "Notes were deleted",
  emailsCreated: "E-mails were added",
  emailsUpdated: "E-mails were changed",
  emailsDeleted: "E-mails were deleted",
  tasksCreated: "Tasks were added",
  tasksUpdated: "Tasks were changed",
  tasksDeleted: "Tasks were deleted",
  appointmentsCreated: "Appointments were added",
  appointmentsUpdated: "Appointments were changed",
  appointmentsDeleted: "Appointments were deleted",
  textMessagesCreated: "Text messages were added",
  textMessagesUpdated: "Text messages were changed",
  textMessagesDeleted: "Text messages were deleted",
  callsCreated: "Calls were added",
  callsUpdated: "Calls were changed",
  callsDeleted: "Calls were deleted",
  emEventsOpened: "A marketing e-mail was opened",
  emEventsClicked: "A link in a marketing e-mail was clicked",
  emEventsUnsubscribed: "Somebody unsubscribed from marketing e-mails",
  dealsCreated: "Deals were added",
  dealsUpdated: "Deals were changed",
  dealsDeleted: "Deals were deleted",
  eventsCreated: "Somebody did something on the brokerage's website",
  reactionCreated: "A reaction was added",
  reactionDeleted: "A reaction was removed",
  threadedReplyCreated: "A reply was added",
  threadedReplyUpdated: "A reply was changed",
  threadedReplyDeleted: "A reply was deleted",
  stageCreated: "A stage was added",
  stageUpdated: "A stage was changed",
  stageDeleted: "A stage was deleted",
  pipelineCreated: "A pipeline was added",
  pipelineUpdated: "A pipeline was changed",
  pipelineDeleted: "A pipeline was deleted",
  pipelineStageCreated: "A stage of a pipeline was added",
  pipelineStageUpdated: "A stage of a pipeline was changed",
  pipelineStageDeleted: "A stage of a pipeline was deleted",
  customFieldsCreated: "Custom fields were added",
  customFieldsUpdated: "Custom fields were changed",
  customFieldsDeleted: "Custom fields were deleted",
  dealCustomFieldsCreated: "Custom fields of deals were added",
  dealCustomFieldsUpdated: "Custom fields of deals were changed",
  dealCustomFieldsDeleted: "Custom fields of deals were deleted",
};

const id = z.union([z.number().int().nonnegative(), z.string().min(1).max(64)]).transform(String);

/** A delivery's body. Tolerant: what is not understood must not be lost. */
export const deliveryBodySchema = z.looseObject({
  eventId: z.string().trim().min(1).max(100),
  event: z.string().trim().min(1).max(100),
  eventCreated: z.string().nullish().catch(null),
  resourceIds: z.array(id).max(10_000).catch([]),
  data: z
    .looseObject({ tags: z.array(z.string()).optional().catch(undefined) })
    .nullish()
    .catch(null),
});
export type DeliveryBody = z.output<typeof deliveryBodySchema>;
