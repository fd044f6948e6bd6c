"""Readings: how preferences of other structures, and attitudes, enter the classical concepts; one file for each structure."""
