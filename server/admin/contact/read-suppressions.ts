// The list of whom not to contact, page by page, with how many stand on it.
import type { SuppressionPage, SuppressionQuery } from "../../../shared/console/contact-rules.schema.ts";
import { countSuppressions, listSuppressions } from "../../contact/list-suppressions.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { requireBrokerage } from "./require-brokerage.ts";
import { showSuppression } from "./show-suppression.ts";

export async function readSuppressions(
  deps: Pick<AdminDeps, "db" | "settings">,
  query: SuppressionQuery,
): Promise<SuppressionPage> {
  const { db } = deps;
  await requireBrokerage(deps, query.tenant, "suppressions");
  const { rows, next } = await listSuppressions(db, query);
  const { opt_out, do_not_call } = await countSuppressions(db, query.tenant);
  return { suppressions: rows.map(showSuppression), next, counts: { opt_out, do_not_call } };
}
