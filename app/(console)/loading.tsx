import { PageSkeleton } from "../_ui/table/skeletons";

export default PageSkeleton;
