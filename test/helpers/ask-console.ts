// The console's newer answers from outside, each checked against its contract.
import type { z } from "zod";
import { campaignDetailSchema, campaignListSchema } from "../../shared/console/campaigns.schema.ts";
import { homeSchema } from "../../shared/console/home.schema.ts";
import { outreachStateSchema } from "../../shared/console/outreach.schema.ts";
import { peopleHitsSchema } from "../../shared/console/people.schema.ts";
import { type Problem, type ProblemId, problemsSchema } from "../../shared/console/problems.schema.ts";
import { secretDoctorSchema } from "../../shared/console/secret-doctor.schema.ts";
import { storySchema } from "../../shared/console/story.schema.ts";
import { waitFor } from "./embed-client.ts";
import { admin, type Reachable } from "./talk-to-gateway.ts";

async function get<S extends z.ZodType>(at: Reachable, schema: S, path: string): Promise<z.output<S>> {
  const answer = await admin<unknown>(at, "GET", path);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return schema.parse(answer.body);
}

const query = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString();

export const homeOf = (at: Reachable, fields: Readonly<Record<string, string>> = {}) =>
  get(at, homeSchema, `/home?${query(fields)}`);
export const peopleOf = async (at: Reachable, search: string, more: Readonly<Record<string, string>> = {}) =>
  (await get(at, peopleHitsSchema, `/people?${query({ search, ...more })}`)).people;
export const storyOf = (at: Reachable, fields: Readonly<Record<string, string>>) =>
  get(at, storySchema, `/story?${query(fields)}`);
export const outreachOf = (at: Reachable) => get(at, outreachStateSchema, "/outreach");
export const campaignsOf = (at: Reachable, fields: Readonly<Record<string, string>> = {}) =>
  get(at, campaignListSchema, `/campaigns?${query(fields)}`);
export const campaignOf = (at: Reachable, id: string) => get(at, campaignDetailSchema, `/campaigns/${id}`);
export const secretsOf = (at: Reachable, fields: Readonly<Record<string, string>> = {}) =>
  get(at, secretDoctorSchema, `/secret-doctor?${query(fields)}`);
export const problemsOf = async (at: Reachable, tenant = "fub-test") =>
  (await get(at, problemsSchema, `/problems?${query({ tenant })}`)).problems;

/** What is observed may be written a moment later. */
export const untilProblem = (
  at: Reachable,
  id: ProblemId,
  state: Problem["state"] = "found",
  tenant = "fub-test",
): Promise<Problem> => {
  let last: Problem | undefined;
  return waitFor(`${id} to be ${state}`, async () => {
    last = (await problemsOf(at, tenant)).find((problem) => problem.id === id);
    return last?.state === state ? last : undefined;
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}: it is ${JSON.stringify(last)}`);
  });
};
