"""Documents as offices want them: Word after GB/T 9704-2012, plain workbooks, figures in words."""
