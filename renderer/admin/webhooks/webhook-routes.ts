// The addresses of Webhooks' screens.

export const deliveryRoute = (id: number): string => `/webhooks/deliveries/${id}`;
export const rejectedRoute = (id: number): string => `/webhooks/rejected/${id}`;
export const forwardRoute = (id: number): string => `/webhooks/forwarding/${id}`;
