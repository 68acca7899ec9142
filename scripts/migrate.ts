import { config } from "@/platform/config";
import { migrate, migrationsIn } from "@/platform/db/migrate";
import { Problem } from "./embedded/problem";

const migrated = await migrate(config().DATABASE_URL, migrationsIn("prisma/migrations"));
if (!migrated.ok) throw new Problem(migrated.message);
console.log(migrated.applied.length > 0 ? `Applied ${migrated.applied.join(", ")}` : "The database is up to date.");
