// Outreach: the list of engagements and campaigns, the conversations, the ledger.
import { Suspense } from "react";
import { useConversations } from "../conversations/use-conversations.ts";
import { Loading } from "../kit/load-state.tsx";
import { RoomHead } from "../kit/panel.tsx";
import { SectionLinks } from "../kit/section-links.tsx";
import { useRest } from "../kit/use-rest.ts";
import { lazyPart } from "../shell/lazy-part.ts";
import { OUTREACH } from "../texts/outreach.ts";
import { OutreachList } from "./outreach-list.tsx";

const IDS = ["all", "conversations", "ledger"] as const;
const PARTS = {
  all: OutreachList,
  conversations: lazyPart(() =>
    import("../conversations/conversations-part.tsx").then((part) => part.ConversationsPart),
  ),
  ledger: lazyPart(() => import("../ledger/ledger-part.tsx").then((part) => part.LedgerPart)),
};

/** "/outreach", "/outreach/e/<id>", "/outreach/conversations/<id>", "/outreach/ledger/<number>". */
export function OutreachRoom() {
  const [first] = useRest();
  const at = IDS.find((id) => id === first) ?? "all";
  const conversations = useConversations();
  const waiting = conversations.data?.conversations.filter(({ needs_agent }) => needs_agent !== null).length;
  const Part = PARTS[at];
  return (
    <>
      <RoomHead title={OUTREACH.title} />
      <SectionLinks
        label={OUTREACH.sections}
        at={at}
        sections={IDS.map((id) => ({
          id,
          label: OUTREACH.section[id],
          to: id === "all" ? "/outreach" : `/outreach/${id}`,
          ...(id === "conversations" && waiting ? { count: waiting } : {}),
        }))}
      />
      <Suspense fallback={<Loading />}>
        <Part />
      </Suspense>
    </>
  );
}
