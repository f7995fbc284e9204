// A tunnel service in small, as a program of its own: takes requests on a port it chooses, adds who asked as X-Forwarded-For,
// waits a little and passes them on. Run as: node http-tunnel.ts <host> <port> <delay ms>.
import { createServer, request } from "node:http";

const [host, port, delay] = process.argv.slice(2);
const server = createServer((asked, answer) => {
  const before = asked.headers["x-forwarded-for"];
  const headers = {
    ...asked.headers,
    "x-forwarded-for": `${before === undefined ? "" : `${before}, `}203.0.113.9`,
  };
  const options = { host, port, path: asked.url, method: asked.method, headers };
  const passed = request(options, (given) => {
    answer.writeHead(given.statusCode ?? 502, given.headers);
    given.pipe(answer);
  });
  passed.on("error", () => answer.writeHead(502).end());
  setTimeout(() => asked.pipe(passed), Number(delay));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const edge = typeof address === "object" && address ? address.port : 0;
  process.stdout.write(`forwarding to http://${host}:${port}\nyour url is: http://127.0.0.1:${edge}\n`);
});
