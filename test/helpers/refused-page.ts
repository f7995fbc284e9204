// What every refusal of an embed page must be: status 200, Follow Up Boss's script, no session, words that say what to do.
import { expect } from "vitest";
import { VENDOR_SCRIPT } from "../../server/embed/render-page.ts";
import type { EmbedModel } from "../../shared/embed.schema.ts";
import type { OpenedPage } from "./embed-client.ts";

export type Problem = NonNullable<EmbedModel["problem"]>;

/** The problem the page tells, after checking that it is told as it must be. */
export function expectRefused(page: OpenedPage, state: string): Problem {
  expect(page.model.state).toBe(state);
  expect(page.status).toBe(200);
  expect(page.html).toContain(`src="${VENDOR_SCRIPT}"`);
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(page.headers.get("x-frame-options")).toBeNull();
  expect(page.model.session).toBe("");
  const { problem } = page.model;
  if (!problem) throw new Error(`the state ${state} has no words`);
  expect(problem.title).toMatch(/\w{3}/);
  expect(problem.sentence).toMatch(/^[A-Z].*[.”]$/s);
  expect(problem.remedy).toMatch(/\w{3}.*\.$/s);
  expect(problem.support.code).toBe(state);
  expect(page.html).not.toMatch(/\bat .+\.ts:\d+|undefined|\[object/);
  return problem;
}
