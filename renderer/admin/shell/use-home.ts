// The gateway at a glance, asked by the lamps and by Home alike: one request serves both.
import { homeSchema } from "../../../shared/console/home.schema.ts";
import { useRead } from "../kit/use-read.ts";
import { useTenant } from "./tenant.tsx";

const EVERY_MS = 10_000;

/** The viewer's midnight: where "today" begins. */
function midnight(): string {
  const day = new Date();
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}

export function useHome() {
  const { tenant } = useTenant();
  return useRead("/home", homeSchema, {
    query: { tenant, since: midnight() },
    everyMs: EVERY_MS,
    keep: true,
  });
}
