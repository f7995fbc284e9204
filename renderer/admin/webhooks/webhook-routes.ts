// The addresses of Webhooks' screens.

/** The query of the present route, with its "?"; lists keep their filters while one of them is open. */
export const keptQuery = (): string => {
  const at = location.hash.indexOf("?");
  return at === -1 ? "" : location.hash.slice(at);
};

export const deliveryRoute = (id: number): string => `/webhooks/deliveries/${id}`;
export const rejectedRoute = (id: number): string => `/webhooks/rejected/${id}`;
export const forwardRoute = (id: number): string => `/webhooks/forwarding/${id}`;
