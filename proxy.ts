import { type NextRequest, NextResponse } from "next/server";
import { config as settings } from "@/platform/config";
import { PATH_HEADER } from "./app/sign-in/way-back";

/**
 * Runs before every page of the console: tells it its own address, and says what the page may load and whom it may ask, so that a script that slipped into a member's name or a
 * mail runs nowhere. Next puts the nonce on its own scripts. Styles are inline (the component library and the canvas place things by them),
 * and a mail's pictures may lie anywhere.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = policyOf(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = { matcher: "/((?!_next/|icon.svg|favicon.ico).*)" };

function policyOf(nonce: string): string {
  const api = new URL(settings().PUBLIC_API_URL).origin;
  // The development server evaluates what it reloads, and tells so over a socket.
  const [evaluating, socket] = process.env.NODE_ENV === "development" ? [" 'unsafe-eval'", " ws:"] : ["", ""];
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluating}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: https: http:",
    "font-src 'self' data:",
    `connect-src 'self' ${api}${socket}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
