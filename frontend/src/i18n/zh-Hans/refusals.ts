import type { Part } from "../catalogue";
import type { refusals as english } from "../en/refusals";

/** 较少见的服务器代码的含义：评审、链接和账户方面的错误。 */
export const refusals: Part<typeof english> = {
  "fault.bad_box": "有区域超出图像，或没有面积。",
  "fault.bad_language": "这不是语言代码。",
  "fault.bad_level": "这不是最低质量的等级。",
  "fault.bad_time": "这不是时间。",
  "fault.bad_uuid": "提交编号的格式不对。",
  "fault.compared_with_itself": "同一个编辑结果与自身作了比较。",
  "fault.draft_conflict": "服务器上有本任务的另一份回答。",
  "fault.duplicate_cannot_judge": "“无法评审”出现了两次。",
  "fault.duplicate_comparison": "同一对编辑结果比较了两次。",
  "fault.duplicate_rating": "同一评分出现了两次。",
  "fault.duplicate_reason": "同一原因出现了两次。",
  "fault.link_expired": "该链接已过期。",
  "fault.link_revoked": "该链接已撤回。",
  "fault.link_used": "该链接已使用过。",
  "fault.missing_reason": "缺少原因。",
  "fault.not_a_level": "这不是该维度的等级。",
  "fault.not_a_password_link": "这不是设置新密码的链接。",
  "fault.not_a_person": "该账户不属于任何人。",
  "fault.not_an_invitation": "这不是邀请。",
  "fault.not_an_object": "回答的格式不对。",
  "fault.other_kind": "该任务另有用途。",
  "fault.submission_id_taken": "另一次提交已用了这个编号。",
  "fault.taken": "已被占用，请换一个。",
  "fault.too_many": "数量过多。",
  "fault.unknown_dimension": "规程里没有这个维度。",
  "fault.unknown_label": "任务里没有这个编辑结果。",
  "fault.unknown_outcome": "这不是比较的回答。",
  "fault.unknown_reason": "规程里没有这个原因。",
};
