import { config } from "zod";

// Before any schema is made: zod else tries once whether it may compile code, which the page's policy forbids and the browser reports.
config({ jitless: true });
