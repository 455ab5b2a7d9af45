"""Plans with one planted defect each, and clean ones, all made by program from five plans of different shape.

`bases` has the clean plans, `defects` what is planted, `worlds` a bureau that suffices for any plan.
"""
