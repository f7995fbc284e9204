// Keeps the room with Follow Up Boss's limits to date. A gateway that does not answer is said by the status; until it
// does the numbers stay.
import { element } from "../ui/build-element.ts";
import { readLanes } from "./read-api.ts";
import { laneList } from "./view-lanes.ts";

export interface PaceRoom {
  readonly node: HTMLElement;
  refresh(): void;
  stop(): void;
}

const EVERY_MS = 5_000;

export function paceRoom(now: () => number): PaceRoom {
  const node = element("div", {}, element("p", { class: "quiet" }, "Loading…"));
  const show = async (): Promise<void> => {
    const answer = await readLanes();
    if ("value" in answer) node.replaceChildren(laneList(answer.value, now()));
  };
  const timer = setInterval(() => void show(), EVERY_MS);
  return { node, refresh: () => void show(), stop: () => clearInterval(timer) };
}
