SELECT *
FROM file({input}, 'LineAsString')
INTO OUTFILE {output} TRUNCATE FORMAT TSVRaw
SETTINGS max_threads = {threads}
