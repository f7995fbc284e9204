// Turns whatever a whole settings copy holds into valid settings: one bad value is reported and defaulted alone.
// Pure; called by settings-file.
import type { z } from "zod";
import { type Settings, settingsSchema } from "../../shared/settings.schema.ts";
import { fieldProblems } from "../base/parse.ts";

export interface Repaired {
  readonly settings: Settings;
  /** One sentence per value that was not used; they name the place, never the value. */
  readonly notices: readonly string[];
}

type Path = readonly PropertyKey[];
interface Removal {
  readonly path: Path;
  readonly notice: string;
}

/** Each pass goes one level up at most, and settings are five levels deep. */
const MOST_PASSES = 20;

/**
 * `newInstallationId` is used only when the stored one is unusable. A bad value that has no default takes the smallest
 * thing around it along: the agent, else the brokerage.
 */
export function repairSettings(raw: Readonly<Record<string, unknown>>, newInstallationId: string): Repaired {
  const draft = structuredClone(raw) as Record<string, unknown>;
  const notices: string[] = [];
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const result = settingsSchema.safeParse(draft);
    if (result.success) return withoutDuplicates(result.data, notices);
    // Deepest and last first: removing a list element must not shift the places named by other issues.
    const removals = onePerPlace(result.error.issues.flatMap((issue) => removalsFor(draft, issue)));
    removals.sort(laterFirst);
    for (const removal of removals) removeAt(draft, removal.path);
    notices.push(...removals.map((removal) => removal.notice).reverse());
    fillTop(draft, newInstallationId);
  }
  throw new Error("The settings could not be repaired.");
}

function removalsFor(draft: Record<string, unknown>, issue: z.core.$ZodIssue): Removal[] {
  const problems = fieldProblems([issue]);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key, index) => ({
      path: [...issue.path, key],
      notice: `The setting ${problems[index]?.path ?? key} is not known to this version and was left out.`,
    }));
  }
  const text = problems[0]?.path ?? "";
  if (valueAt(draft, issue.path) !== undefined || issue.path.length <= 1) {
    return [{ path: issue.path, notice: `${text}: ${issue.message}. The stored value was not used.` }];
  }
  const parent = issue.path.slice(0, -1);
  const where = text.replace(/\.[^.]*$/, "");
  const notice = `${where} was left out, because it has no usable ${String(issue.path.at(-1))}.`;
  return [{ path: parent, notice }];
}

/** Removing one list element twice would take its neighbour. */
function onePerPlace(removals: readonly Removal[]): Removal[] {
  return [...new Map(removals.map((removal) => [JSON.stringify(removal.path), removal])).values()];
}

/** What the top level needs when it is missing; everything below has defaults or is left out with its parent. */
function fillTop(draft: Record<string, unknown>, newInstallationId: string): void {
  draft.version = 1;
  draft.installation_id ??= newInstallationId;
  draft.vault ??= null;
  draft.platform ??= {};
  draft.tenants ??= [];
}

function laterFirst(a: Removal, b: Removal): number {
  for (let i = 0; i < Math.max(a.path.length, b.path.length); i++) {
    const [left, right] = [a.path[i], b.path[i]];
    if (left === right) continue;
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    if (typeof left === "number" && typeof right === "number") return right - left;
    return String(left) < String(right) ? 1 : -1;
  }
  return 0;
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      value !== null && typeof value === "object" ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    root,
  );
}

function removeAt(root: unknown, path: Path): void {
  const key = path.at(-1);
  const parent = valueAt(root, path.slice(0, -1));
  if (key === undefined || parent === null || typeof parent !== "object") return;
  if (Array.isArray(parent) && typeof key === "number") parent.splice(key, 1);
  else delete (parent as Record<PropertyKey, unknown>)[key];
}

function withoutDuplicates(settings: Settings, notices: string[]): Repaired {
  const tenants = firstOfEach(
    settings.tenants,
    (tenant) => tenant.domain_name,
    (name) => `The brokerage ${name} was stored twice; the first entry is used.`,
    notices,
  ).map((tenant) => ({
    ...tenant,
    users: firstOfEach(
      tenant.users,
      (user) => user.id,
      (id) => `The agent ${id} of ${tenant.domain_name} was stored twice; the first entry is used.`,
      notices,
    ),
  }));
  return { settings: { ...settings, tenants }, notices };
}

function firstOfEach<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  sentence: (key: string) => string,
  notices: string[],
): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (!seen.has(key)) return seen.add(key);
    notices.push(sentence(key));
    return false;
  });
}
