// Fails every test in which something tried to reach another machine, in this process or in one it started.
import { afterAll, afterEach } from "vitest";
import { openReport, requireHome } from "./outgoing-report.ts";
import "./refuse-outgoing.ts";

openReport();
afterEach(requireHome);
// What was opened for a whole file may try once its tests are over.
afterAll(requireHome);
