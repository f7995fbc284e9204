// Entry of the console: builds the rooms, keeps them true by stream and by asking, and says when it cannot.
import "./forbid-eval.ts";

import { refreshTimes } from "../ui/relative-time.ts";
import { type ApiFailure, readStatus } from "./read-api.ts";
import { paceRoom } from "./show-pace.ts";
import { statusParts } from "./show-status.ts";
import { drawer } from "./view-drawer.ts";
import { engagementsView } from "./view-engagements.ts";
import { frame, lockedPage } from "./view-frame.ts";
import { journalView } from "./view-journal.ts";
import { watchStream } from "./watch-stream.ts";
import "./admin.css";

const STATUS_EVERY_MS = 15_000;
const SETTLE_MS = 300;

/** Calls `act` once after things have been quiet for a moment, at the latest after four such moments. */
function settle(act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since = 0;
  return () => {
    const now = Date.now();
    if (timer === undefined) since = now;
    clearTimeout(timer);
    const wait = now - since > SETTLE_MS * 4 ? 0 : SETTLE_MS;
    timer = setTimeout(() => {
      timer = undefined;
      act();
    }, wait);
  };
}

function showConsole(root: HTMLElement): void {
  const now = (): number => Date.now();
  const stops: (() => void)[] = [];
  let locked = false;
  const onFailure = (failure: ApiFailure): void => {
    if (locked) return;
    if (failure.kind === "offline") status.offline();
    if (failure.kind !== "unauthorized") return;
    locked = true;
    for (const stop of stops) stop();
    lockedPage(root);
  };
  const side = drawer(onFailure);
  const status = statusParts(side.open, now);
  const outreach = engagementsView({ open: side.open, onFailure, now });
  const journal = journalView({ open: side.open, onFailure, now });
  const pace = paceRoom(now);
  const rooms = [
    { id: "needs", title: "Needs you", body: status.needs },
    { id: "outreach", title: "Outreach", body: outreach.node },
    { id: "journal", title: "Journal", body: journal.node },
    { id: "pace", title: "Follow Up Boss pace", body: pace.node },
    { id: "brokerages", title: "Brokerages", body: status.tenants },
    { id: "gateway", title: "This gateway", body: status.facts },
  ];
  root.replaceChildren(...frame(rooms, status.lamps, status.banner), side.node);

  const refreshStatus = async (): Promise<void> => {
    const answer = await readStatus();
    if (locked) return;
    if (!("failure" in answer)) status.show(answer.value);
    else if (answer.failure.kind === "refused") status.refused(answer.failure.message);
    else onFailure(answer.failure);
  };
  const refresh = (): void => {
    void refreshStatus();
    pace.refresh();
    void outreach.refresh();
  };
  const changed = settle(refresh);
  const listener = {
    onJournal: journal.add,
    onEngagement: (id: string) => {
      side.changed(id);
      changed();
    },
    onOpen: () => {
      refresh();
      void journal.catchUp();
    },
    onCut: () => void refreshStatus(),
  };
  const statusTimer = setInterval(() => void refreshStatus(), STATUS_EVERY_MS);
  const clockTimer = setInterval(() => refreshTimes(root, now()), STATUS_EVERY_MS);
  stops.push(
    () => clearInterval(statusTimer),
    pace.stop,
    () => clearInterval(clockTimer),
    watchStream("/api/stream", listener),
  );
  // The stream's opening reads the lists; until then, or where it never opens, they are read at once.
  listener.onOpen();
}

const root = document.getElementById("app");
if (root) showConsole(root);
