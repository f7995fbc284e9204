// Ends a run of browser tests: red when a test, or a program it started, tried to reach another machine.
import { requireHome } from "../helpers/outgoing-report.ts";

export default requireHome;
