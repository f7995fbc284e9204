// Which sources a build was made from. Nothing of the machine or the moment goes in: the same sources and environment give
// the same bytes. Called by build-programs.
import { spawnSync } from "node:child_process";
import type { BuildInfo } from "../../shared/about.schema.ts";

type Environment = Readonly<Record<string, string | undefined>>;
/** Runs git in the project; undefined where it fails. */
export type AskGit = (...parameters: string[]) => string | undefined;

export const gitIn =
  (folder: string): AskGit =>
  (...parameters) => {
    const { status, stdout } = spawnSync("git", parameters, { cwd: folder, encoding: "utf8" });
    return status === 0 ? stdout.trim() : undefined;
  };

/**
 * `SOURCE_DATE_EPOCH` (s) goes before the commit's date. A package is taken for signed only where whoever builds it says
 * so: `GATEWAY_SIGNED=1`; `GATEWAY_UPDATE_CHANNEL` is `latest` or `beta`.
 */
export function readBuildInfo(version: string, environment: Environment, git: AskGit): BuildInfo {
  const epoch = environment.SOURCE_DATE_EPOCH || git("log", "-1", "--format=%ct") || "";
  const channel = environment.GATEWAY_UPDATE_CHANNEL || null;
  if (channel !== null && channel !== "latest" && channel !== "beta")
    throw new Error(`GATEWAY_UPDATE_CHANNEL must be latest or beta, not “${channel}”.`);
  return {
    version,
    commit: git("rev-parse", "HEAD") ?? null,
    changed: (git("status", "--porcelain", "--untracked-files=no") ?? "") !== "",
    date: /^\d+$/.test(epoch) ? new Date(Number(epoch) * 1_000).toISOString() : null,
    signed: environment.GATEWAY_SIGNED === "1",
    channel,
  };
}
