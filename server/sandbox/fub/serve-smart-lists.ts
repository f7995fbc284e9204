// /smartLists of the pretend Follow Up Boss. Without `all=true` a modern account shows next to nothing.
import type { SandboxSmartList } from "../sandbox-types.ts";
import { maySeeList } from "./find-people.ts";
import { type FubReply, type FubRequest, notFound } from "./fub-reply.ts";
import { pageCollection } from "./page-collection.ts";

/** `fub2` (default false) picks the one kind or the other, `all=true` both; only lists the user may see. */
export function listSmartLists(request: FubRequest): FubReply {
  const { query } = request;
  const items = visible(request).filter(
    (list) => query.all === "true" || list.isFub2 === (query.fub2 === "true"),
  );
  return pageCollection(request, {
    name: "smartlists",
    path: "/smartLists",
    items: items.toSorted((a, b) => b.id - a.id),
    newestFirst: true,
    shape: ({ id, name, isFub2, description }) => ({
      id,
      name,
      isFub2,
      description,
      defaultSmartListId: null,
    }),
  });
}

/** Sample smartList-live-shape. */
export function getSmartList(request: FubRequest): FubReply {
  const list = visible(request).find(({ id }) => id === request.id);
  if (!list) throw notFound();
  const { id, name, isFub2, shared, createdById } = list;
  return { status: 200, body: { id, name, isFub2, shared, createdById, conditions: conditionsOf(list) } };
}

function visible({ caller }: FubRequest): SandboxSmartList[] {
  return caller.account.smartLists.filter((list) => maySeeList(caller.user, list));
}

function conditionsOf({ members: { tag, stage } }: SandboxSmartList): unknown[] {
  const condition = (fld: string, val: string) => ({ fld, opr: "is", num: null, unit: null, val });
  return [...(tag ? [condition("tags", tag)] : []), ...(stage ? [condition("stage", stage)] : [])];
}
