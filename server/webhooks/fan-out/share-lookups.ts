// One look-up per name at a time. The operating system answers names on a few threads that the whole program shares, so a
// target whose name server is silent may hold one of them, not all.
import type { Resolve } from "./guarded-lookup.ts";

/** Who asks while the same name is being looked up gets that answer; nothing is kept beyond it. */
export function shareLookups(resolve: Resolve): Resolve {
  const asked = new Map<string, ReturnType<Resolve>>();
  return (hostname) => {
    const running = asked.get(hostname);
    if (running) return running;
    const answer = resolve(hostname).finally(() => asked.delete(hostname));
    asked.set(hostname, answer);
    return answer;
  };
}
