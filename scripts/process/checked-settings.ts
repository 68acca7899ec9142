import { config } from "@/platform/config";

config();
