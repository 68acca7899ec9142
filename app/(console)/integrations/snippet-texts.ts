type Snippet = "node" | "browser" | "rudder" | "curl" | "cloud" | "redeem";

const ORDER = `{ order_id: "A-1001", total: 128.0, currency: "CNY" }`;

/** Code that works as it stands once the key is in it. Segment's own events tell amounts in decimals; ours, and redemptions, in minor units. */
export function snippets(api: string, key: string): Record<Snippet, string> {
  return {
    node: `// npm install @segment/analytics-node
import { Analytics } from "@segment/analytics-node";

const analytics = new Analytics({ writeKey: "${key}", host: "${api}", path: "/v1/batch" });

analytics.identify({ userId: "u-1001", traits: { name: "王思远", phone: "+8613800138000", email: "wang@example.com" } });
analytics.track({ userId: "u-1001", event: "Order Completed", properties: ${ORDER} });
await analytics.closeAndFlush();`,
    // The library sends its integration's apiKey, which its own settings would bring where they are fetched.
    browser: `// npm install @segment/analytics-next
import { AnalyticsBrowser } from "@segment/analytics-next";

const analytics = new AnalyticsBrowser();
analytics.load(
  { writeKey: "${key}", cdnSettings: { integrations: { "Segment.io": { apiKey: "${key}", apiHost: "${api.replace(/^https?:\/\//, "")}/v1", protocol: "${api.startsWith("https") ? "https" : "http"}" } } } },
);
analytics.page();
analytics.track("Product Viewed", { product_id: "oat-500", price: 64.0, currency: "CNY" });`,
    rudder: `// npm install @rudderstack/rudder-sdk-node
import RudderAnalytics from "@rudderstack/rudder-sdk-node";

const rudder = new RudderAnalytics("${key}", { dataPlaneUrl: "${api}" });
rudder.track({ userId: "u-1001", event: "Order Completed", properties: ${ORDER} });`,
    curl: `curl ${api}/v1/track \\
  -u "${key}:" \\
  -H "content-type: application/json" \\
  -d '{
    "messageId": "order-A-1001-paid",
    "userId": "u-1001",
    "event": "Order Completed",
    "properties": { "order_id": "A-1001", "total": 128.0, "currency": "CNY" }
  }'`,
    cloud: `# Events of our own catalogue tell amounts in minor units: 12800 = ¥128.00
curl ${api}/v1/events \\
  -u "${key}:" \\
  -H "content-type: application/cloudevents+json" \\
  -d '{
    "specversion": "1.0", "id": "order-A-1002-paid", "source": "/tills/sh-01",
    "type": "com.example.order_paid", "subject": "u-1001",
    "data": { "order_id": "A-1002", "amount": 12800 }
  }'`,
    redeem: `# With an API key (sk_…) that may coupon.redeem; the amount in minor units
curl ${api}/api/v1/redemptions/confirm \\
  -H "authorization: Bearer sk_…" \\
  -H "content-type: application/json" \\
  -H "idempotency-key: till-7-receipt-4711" \\
  -d '{ "code": "CODE", "amount": 12800, "orderRef": "4711" }'`,
  };
}
