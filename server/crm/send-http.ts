// The one place that puts a request on the wire (axios). Knows of no CRM; called by the exchange only.
import type { AxiosInstance } from "axios";
import { http, https } from "../base/node-http.ts";

export interface HttpRequest {
  readonly method: string;
  /** Origin and path that every request starts with, without a slash at the end. */
  readonly baseUrl: string;
  /** Below `baseUrl`, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** By lower-case name. */
  header(name: string): string | undefined;
  readonly text: string;
}

export interface HttpSender {
  /** Loads the HTTP library; cheap once it is there. */
  prepare(): Promise<void>;
  /** Any status is an answer; rejects with axios' error when none came. */
  send(request: HttpRequest): Promise<HttpAnswer>;
}

const LARGEST_BYTES = 10 * 1024 * 1024;
/** Idle connections are given up before the other side does, so that a request does not meet a closing one. */
const AGENT_OPTIONS = { keepAlive: true, maxSockets: 64, timeout: 4_000 };

export function createHttpSender(): HttpSender {
  let loading: Promise<AxiosInstance> | undefined;
  const load = (): Promise<AxiosInstance> => {
    loading ??= openAxios();
    return loading;
  };
  return {
    prepare: async () => void (await load()),
    send: async ({ baseUrl, path, body, ...request }) => {
      const axios = await load();
      const answer = await axios.request<unknown>({
        ...request,
        baseURL: baseUrl,
        url: path,
        data: body ?? undefined,
      });
      const headers = new Map(
        Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      return {
        status: answer.status,
        header: (name) => headers.get(name)?.toString(),
        text: typeof answer.data === "string" ? answer.data : "",
      };
    },
  };
}

/** Not imported at the top: it takes a noticeable part of the start, and a gateway that only shows pages needs none of it. */
async function openAxios(): Promise<AxiosInstance> {
  const { default: axios } = await import("axios");
  return axios.create({
    adapter: "http",
    allowAbsoluteUrls: false,
    maxRedirects: 0,
    maxContentLength: LARGEST_BYTES,
    maxBodyLength: LARGEST_BYTES,
    validateStatus: () => true,
    // Text in, text out: parsing and judging is the client's.
    responseType: "text",
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    httpAgent: new http.Agent(AGENT_OPTIONS),
    httpsAgent: new https.Agent(AGENT_OPTIONS),
  });
}
