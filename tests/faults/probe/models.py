"""Two tables that must always agree: each note counts once in its box."""

from __future__ import annotations

from django.db import models


class Box(models.Model):
    name = models.CharField(max_length=20, unique=True)
    notes = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Note(models.Model):
    box = models.ForeignKey(Box, on_delete=models.PROTECT)
    text = models.CharField(max_length=200)
    command_id = models.UUIDField()

    def __str__(self) -> str:
        return self.text


class Line(models.Model):
    """A row as work areas have them: who, where, what, when, how many."""

    place = models.CharField(max_length=40)
    text = models.CharField(max_length=200)
    at = models.DateTimeField()
    quantity = models.IntegerField()

    def __str__(self) -> str:
        return self.text
