// peopleTagsCreated: a tag that means "do not contact" is obeyed before one that starts something is.
import type { EventHandler } from "../event-handler.ts";
import { blocksByTag, followTags } from "../tag-blocks.ts";
import { startByTag } from "./start-by-tag.ts";

export const afterTags: EventHandler = async (deps, delivery) => {
  const { body, by } = delivery;
  // Where it is not said which tags were added, the people themselves tell.
  const asks = body.data?.tags === undefined || blocksByTag(by.tenant, body.data.tags);
  const said = asks ? await block() : "";
  return `${said}${await startByTag(deps, delivery)}`;

  async function block(): Promise<string> {
    const people = await deps.crm.peopleByIds(body.resourceIds, { access: by.access, priority: "launch" });
    const { blocked } = await followTags(deps, by, people);
    return blocked === 0 ? "" : `${blocked} are not to be contacted any more (tag). `;
  }
};
