# The wheel is built apart, so that the image holds neither sources nor build tools.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY mock_netflix ./mock_netflix
COPY fixtures ./fixtures
RUN pip wheel --no-cache-dir --wheel-dir /wheels .

FROM python:3.13-slim
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels mock-netflix \
    && useradd --create-home --shell /usr/sbin/nologin netflix
USER netflix
WORKDIR /home/netflix
# Inside the container every address is the container's own; -p decides who outside may come in.
ENV MOCK_NETFLIX_HOST=0.0.0.0 MOCK_NETFLIX_PORT=2008 PYTHONUNBUFFERED=1
EXPOSE 2008
HEALTHCHECK --interval=5s --timeout=3s --start-period=5s --retries=3 CMD ["mock-netflix", "health"]
ENTRYPOINT ["mock-netflix"]
CMD ["serve"]
