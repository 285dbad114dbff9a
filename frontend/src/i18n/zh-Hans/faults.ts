import type { Part } from "../catalogue";
import type { faults as english } from "../en/faults";

/** 服务器代码的含义。 */
export const faults: Part<typeof english> = {
  "fault.account_closed": "该账户已关闭。",
  "fault.already_member": "该账户已是成员。",
  "fault.already_submitted": "此任务已在另一个窗口提交。",
  "fault.assignment_expired": "任务保留时间过长，已交给他人。",
  "fault.assignment_released": "任务已退回。",
  "fault.assignment_submitted": "此任务已提交。",
  "fault.draft_protocol": "该规程版本尚未发布。",
  "fault.empty_span": "结束时间必须晚于开始时间。",
  "fault.exclusion_ended": "该排除已结束。",
  "fault.export_not_done": "导出尚未完成。",
  "fault.invalid": "内容不符合要求。",
  "fault.job_ended": "已经结束。",
  "fault.last_admin": "项目至少要有一名管理员。",
  "fault.login_again": "请重新登录后再操作。",
  "fault.membership_ended": "成员资格已结束。",
  "fault.missing_rating": "缺少评分。",
  "fault.not_amendable": "该评审已定稿：时间太久，或已显示反馈。",
  "fault.not_unblinded": "这里没有要解除的限制。",
  "fault.other_protocol": "这是另一份规程，请为它新建项目。",
  "fault.out_of_range": "数值超出范围。",
  "fault.required": "此项必填。",
  "fault.role_above_own": "不能授予高于自己的角色。",
  "fault.stale_revision": "该评审已在另一个窗口修改。",
  "fault.too_long": "文字过长。",
  "fault.unblinded": "你已在此看到各结果出自哪个系统。",
  "fault.unknown_account": "没有这个账户。",
  "fault.unknown_member": "没有这个成员。",
  "fault.unknown_protocol": "没有这个规程版本。",
};
