// A second dev server beside the first needs a folder of its own (Next locks it) and a tsconfig Next may write to.
const own = process.env.NEXT_DIST_DIR;

/** @type {import("next").NextConfig} */
export default {
  ...(own && { distDir: own }),
  // `npm run check` is where types are checked; the first start should not wait for it.
  typescript: { ignoreBuildErrors: true, ...(own && { tsconfigPath: ".cache/tsconfig.next.json" }) },
  poweredByHeader: false,
  devIndicators: false,
  allowedDevOrigins: ["127.0.0.1", "localhost"],
  serverExternalPackages: ["elkjs", "pg", "pino", "mjml", "better-auth", "libphonenumber-js"],
  experimental: { optimizePackageImports: ["@tabler/icons-react", "@mantine/core", "@mantine/hooks"] },
  // Asked for by browsers before they have read the page's head.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  headers: async () => [
    // A mail's frame has no origin of its own, and fonts are only given to those who may read them.
    { source: "/_next/static/media/:path*", headers: [{ key: "Access-Control-Allow-Origin", value: "*" }] },
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=()" },
      ],
    },
  ],
};
