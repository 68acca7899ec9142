import { defineConfig } from "prisma/config";
import { config } from "./platform/config";

// The client is generated before anything is set up: a wrong setting or a damaged secret is told by the start, not by it.
const isGenerating = process.argv.includes("generate");

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  ...(!isGenerating && { datasource: { url: config().DATABASE_URL } }),
});
