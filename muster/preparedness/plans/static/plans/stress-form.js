/* The builder shows the fields of the curve that was chosen; without a script all of them are there. */
(() => {
  "use strict";
  const curve = document.querySelector("[data-stress=curve]");
  if (!curve) return;
  const of = { seir: ["r0", "incubation_days", "infectious_days", "first_infectious", "reported_share", "control_day", "control"], typed: ["counts"] };
  const show = (name, shown) => {
    const field = document.querySelector(`[data-stress=${name}]`)?.closest(".m-field");
    if (field) field.hidden = !shown && !field.classList.contains("m-field-wrong");
  };
  const apply = () => {
    Object.entries(of).forEach(([kind, names]) => names.forEach((name) => show(name, curve.value === kind)));
    show("scale", curve.value !== "seir");
    document.querySelectorAll(".ss-group").forEach((group) => { group.hidden = ![...group.querySelectorAll(".m-field")].some((field) => !field.hidden); });
  };
  curve.addEventListener("change", apply);
  apply();
})();
