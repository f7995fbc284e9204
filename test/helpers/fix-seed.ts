// Property tests draw the same cases in every run, so that a red run means a change. FC_SEED=<number> draws others.
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_120) });
