// Sends a file of any size to the gateway and tells how far it is. An old way of asking: fetch cannot tell.
import { sentFileSchema } from "../../../shared/console/backup.schema.ts";
import { ApiError } from "../kit/api.ts";
import { KIT } from "../texts/kit.ts";

const REQUEST = "POST /api/restore/file";

/** The name the gateway gave it. @throws ApiError. */
export function sendFile(file: Blob, onProgress: (share: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/restore/file");
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      onProgress(loaded / Math.max(1, total)),
    );
    request.addEventListener("error", () =>
      reject(new ApiError("offline", KIT.offline.cause, { request: REQUEST })),
    );
    request.addEventListener("load", () => {
      const sent = sentFileSchema.safeParse(request.response);
      if (request.status < 300 && sent.success) return resolve(sent.data.file);
      reject(refusal(request));
    });
    request.send(file);
  });
}

function refusal({ status, response }: XMLHttpRequest): ApiError {
  const said = (response as { error?: { message?: string; code?: string } } | null)?.error;
  const more = { status, code: said?.code ?? "", request: REQUEST };
  if (status === 401) return new ApiError("locked", KIT.locked.cause, more);
  return said?.message
    ? new ApiError("refused", said.message, more)
    : new ApiError("odd", KIT.odd.cause, more);
}
