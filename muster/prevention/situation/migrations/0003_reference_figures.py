"""Serial intervals from published studies and the first signal rules; both are data that the bureau may change."""

from datetime import date

from django.db import migrations

PROFILES = [
    ("ncov-2020", "新型冠状病毒（2020年初）", "SARS-CoV-2, early 2020", 4.7, 2.9, date(2019, 12, 1), "Nishiura et al. 2020, Int J Infect Dis 93"),
    ("delta-2021", "新型冠状病毒德尔塔变异株", "SARS-CoV-2 delta", 4.07, 2.9, date(2021, 5, 1), "Jusot et al. 2022 (mean); spread as in early 2020"),
    ("omicron-2022", "新型冠状病毒奥密克戎变异株", "SARS-CoV-2 omicron", 3.06, 2.0, date(2022, 1, 1), "Jusot et al. 2022 (mean); spread assumed"),
]
RULES = [
    ("first-local-cases", "local_cases_7d", ">=", 1, "city", "出现本地病例", "Local cases",
     "近7日本地病例 {value} 例，达到阈值 {threshold} 例。", "{value} local cases in 7 days; the threshold is {threshold}."),
    ("district-first-local-cases", "local_cases_7d", ">=", 1, "district", "辖区出现本地病例", "Local cases in a district",
     "近7日本地病例 {value} 例，达到阈值 {threshold} 例。", "{value} local cases in 7 days; the threshold is {threshold}."),
    ("many-local-cases", "local_cases_7d", ">=", 50, "city", "本地病例较多", "Many local cases",
     "近7日本地病例 {value} 例，达到阈值 {threshold} 例。", "{value} local cases in 7 days; the threshold is {threshold}."),
    ("high-incidence", "incidence_7d", ">=", 10, "city", "7日发病率高", "High incidence",
     "近7日发病率为每10万人 {value}，达到阈值 {threshold}。", "Incidence over 7 days is {value} per 100,000; the threshold is {threshold}."),
    ("district-high-incidence", "incidence_7d", ">=", 10, "district", "辖区7日发病率高", "High incidence in a district",
     "近7日发病率为每10万人 {value}，达到阈值 {threshold}。", "Incidence over 7 days is {value} per 100,000; the threshold is {threshold}."),
    ("growth", "rt_q025", ">", 1, "city", "疫情确定增长", "Certain growth",
     "再生数95%区间下限为 {value}，高于 {threshold}。", "The lower end of the 95% interval of Rt is {value}, above {threshold}."),
    ("fast-doubling", "doubling_days", "<=", 4, "city", "倍增时间短", "Fast doubling",
     "倍增时间为 {value} 天，不超过阈值 {threshold} 天。", "Cases double in {value} days; the threshold is {threshold}."),
    ("open-clusters", "clusters_open", ">=", 2, "city", "多起聚集性疫情", "Several clusters",
     "未结束的聚集性疫情 {value} 起，达到阈值 {threshold} 起。", "{value} clusters are open; the threshold is {threshold}."),
    ("outside-alert", "external_alert", ">=", 1, "city", "外部预警", "Alert from outside",
     "上级或相关城市发布预警。", "The province, the country or a linked city has given an alert."),
    ("officer-absence", "officer_absence_pct", ">=", 12, "city", "民警缺勤率高", "Many officers absent",
     "民警缺勤率为 {value}%，达到阈值 {threshold}%。", "{value}% of officers are absent; the threshold is {threshold}%."),
    ("late-report", "new_cases", "late_report", 0, "city", "疑似迟报", "Looks like a late report",
     "一次通报报告 {value} 例，前后水平约为 {expected} 例：可能是迟报或口径调整，而非暴发。请与来源核实。",
     "One bulletin reports {value} cases where about {expected} were to be expected: a late report or a change of definition, not an outbreak. Ask the source."),
    ("district-late-report", "new_cases", "late_report", 0, "district", "辖区疑似迟报", "Looks like a late report in a district",
     "一次通报报告 {value} 例，前后水平约为 {expected} 例：可能是迟报或口径调整，而非暴发。请与来源核实。",
     "One bulletin reports {value} cases where about {expected} were to be expected: a late report or a change of definition, not an outbreak. Ask the source."),
]


def forwards(apps, schema_editor):
    profile = apps.get_model("situation", "SerialIntervalProfile")
    rule = apps.get_model("situation", "SignalRule")
    fields = ("code", "name_zh", "name_en", "mean_days", "sd_days", "from_day", "source")
    profile.objects.bulk_create(profile(**dict(zip(fields, row, strict=True))) for row in PROFILES)
    fields = ("code", "indicator", "comparison", "threshold", "area_kind", "name_zh", "name_en", "text_zh", "text_en")
    rule.objects.bulk_create(rule(**dict(zip(fields, row, strict=True))) for row in RULES)


def backwards(apps, schema_editor):
    apps.get_model("situation", "SerialIntervalProfile").objects.all().delete()
    apps.get_model("situation", "SignalRule").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("situation", "0002_kept_as_reported")]
    operations = [migrations.RunPython(forwards, backwards)]
