// The page in FUB's preview, where the account and person are made up: everything is shown, nothing can be started.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import { contextPerson, type EmbedContext } from "../crm/followupboss/decode-embed-context.ts";
import { describeBlocked, describeContacts } from "./describe-contacts.ts";

export function previewModel(context: EmbedContext): EmbedModel {
  const person = contextPerson(context);
  return {
    session: "",
    state: "ready",
    preview: true,
    person: { id: person?.id ?? "0", name: person?.name ?? "Example Person" },
    contacts: person ? describeContacts(person) : [],
    blocked: person ? describeBlocked(person) : {},
    agent: { name: context.user.name ?? "You", from: null, matched: "preview", warning: null },
    recent: [],
    running: null,
  };
}
