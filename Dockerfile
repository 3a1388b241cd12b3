# The wheel is built apart, so that the image holds neither sources nor build tools.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY mock_netflix ./mock_netflix
COPY fixtures ./fixtures
RUN pip wheel --no-cache-dir --wheel-dir /wheels '.[tls]'

FROM python:3.13-slim
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels 'mock-netflix[tls]' \
    && useradd --create-home --shell /usr/sbin/nologin netflix \
    && install --directory --owner netflix --group netflix --mode 700 /authority
USER netflix
WORKDIR /home/netflix
# Inside the container every address is the container's own; -p decides who outside may come in.
ENV MOCK_NETFLIX_HOST=0.0.0.0 MOCK_NETFLIX_PORT=2008 MOCK_NETFLIX_AUTHORITY=/authority PYTHONUNBUFFERED=1
# Whoever trusted the certificate trusts that of the next container too, where the volume has a name.
VOLUME /authority
# 2443 speaks https with `serve --tls`. Low ports need no rights here: Docker lets everybody listen at them.
EXPOSE 2008 2443
HEALTHCHECK --interval=5s --timeout=3s --start-period=5s --retries=3 CMD ["mock-netflix", "health"]
ENTRYPOINT ["mock-netflix"]
CMD ["serve"]
